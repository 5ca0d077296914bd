import { varintSize, writeVarint } from "./varint.ts";
import { WireReader, wireBytes } from "./wire-reader.ts";

/** An export request of one resource, taken apart. */
export interface Envelope {
  /** The `resource` field with its tag. */
  readonly resource: Uint8Array;
  /** The scope fields with their tags, as they stood. */
  readonly scopes: Uint8Array;
  /** The `schema_url` field with its tag. */
  readonly schema: Uint8Array;
}

const resourceField = 1;
const scopeField = 2;
const schemaField = 3;
const requestTag = (resourceField << 3) | wireBytes;

/**
 * Takes the resource out of a request without copying. Undefined when the request is not exactly what `joinRequest()` would make again
 * (several resources, another order of fields, lengths that are not minimal, no OTLP at all): such a request has to be kept whole.
 */
export function splitRequest(request: Uint8Array): Envelope | undefined {
  try {
    return split(request);
  } catch {
    return undefined;
  }
}

function split(request: Uint8Array): Envelope | undefined {
  const outer = new WireReader(request);
  if (!outer.next() || outer.field !== resourceField || outer.type !== wireBytes) return undefined;
  const inner = outer.message();
  const start = inner.position;
  if (outer.position !== request.length || start !== 1 + varintSize(request.length - start)) return undefined;
  const ends = [start, start, start, start];
  let last = 0;
  while (inner.next()) {
    const field = inner.field;
    const repeated = field === scopeField && last === scopeField;
    if (inner.type !== wireBytes || field > schemaField || (field <= last && !repeated)) return undefined;
    inner.skip();
    last = field;
    for (let later = field; later <= schemaField; later += 1) ends[later] = inner.position;
  }
  return {
    resource: request.subarray(start, ends[resourceField]),
    scopes: request.subarray(ends[resourceField], ends[scopeField]),
    schema: request.subarray(ends[scopeField], ends[schemaField]),
  };
}

/** Puts a request together again: one resource with the scopes of as many requests as are given. */
export function joinRequest(resource: Uint8Array, scopes: readonly Uint8Array[], schema: Uint8Array): Buffer {
  let content = resource.length + schema.length;
  for (const part of scopes) content += part.length;
  const request = Buffer.allocUnsafe(1 + varintSize(content) + content);
  request[0] = requestTag;
  let position = writeVarint(request, 1, content);
  for (const part of [resource, ...scopes, schema]) {
    request.set(part, position);
    position += part.length;
  }
  return request;
}

/** The resource and the schema as one message, `ResourceSpans` and its like without scopes: what a resource frame holds. */
export function resourceMessage(envelope: Envelope): Buffer {
  return Buffer.concat([envelope.resource, envelope.schema]);
}

/** Takes such a message apart again. Throws `SyntaxError` where it is none. */
export function splitResourceMessage(message: Uint8Array): {
  readonly resource: Uint8Array;
  readonly schema: Uint8Array;
} {
  const reader = new WireReader(message);
  let end = 0;
  while (reader.next()) {
    reader.skip();
    if (reader.field === resourceField) end = reader.position;
  }
  return { resource: message.subarray(0, end), schema: message.subarray(end) };
}
