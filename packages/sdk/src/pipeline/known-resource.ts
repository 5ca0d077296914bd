import type { Resource } from "@opentelemetry/resources";
import { varintSize, writeVarint } from "@runlight/spool";

/*
 * The official serializers write the resource into every request, and each span and each record that somebody else emits is a request. A
 * process has one resource of two dozen attributes: writing it took more than the rest. So it is written once, and its bytes are put in.
 */

/** Serializes one item into a request. */
type Serialize<T> = (item: T) => Uint8Array | undefined;

/**
 * The same bytes as `serialize` gives; the resource is serialized with the first item of it only.
 *
 * @param copyOf the item with another resource. A plain object: one that has the item as its prototype is many times dearer to make and to read
 */
export function withKnownResource<T extends { readonly resource: Resource }>(
  serialize: Serialize<T>,
  copyOf: (item: T, resource: Resource) => T,
): Serialize<T> {
  let known: { readonly resource: Resource; readonly bare: Resource; readonly field: Uint8Array } | undefined;
  return (item) => {
    const { resource } = item;
    if (known?.resource === resource) {
      const request = serialize(copyOf(item, known.bare));
      return request === undefined ? undefined : replaceResource(request, known.field);
    }
    const request = serialize(item);
    if (request !== undefined && resource.asyncAttributesPending !== true)
      known = { resource, bare: bareOf(resource), field: request.slice(...resourceFieldOf(request)) };
    return request;
  };
}

/** Without attributes, and without what a resource can do, which a serializer does not ask for. */
function bareOf({ schemaUrl }: Resource): Resource {
  const bare: Pick<Resource, "attributes" | "schemaUrl"> = {
    attributes: {},
    ...(schemaUrl === undefined ? {} : { schemaUrl }),
  };
  return bare as Resource;
}

function replaceResource(request: Uint8Array, field: Uint8Array): Uint8Array {
  const [, end] = resourceFieldOf(request);
  const innerBytes = field.length + request.length - end;
  const start = 1 + varintSize(innerBytes);
  // From the pool, and without zeros that are written over: a buffer of its own takes longer than all else here.
  const result = Buffer.allocUnsafe(start + innerBytes);
  result[0] = messageTag;
  writeVarint(result, 1, innerBytes);
  result.set(field, start);
  result.set(request.subarray(end), start + field.length);
  return result;
}

/** Field 1, length-delimited: the one `ResourceSpans` or `ResourceLogs` of a request, and in it its resource. */
const messageTag = 0x0a;

/** Where the resource stands, its tag and length with it. */
function resourceFieldOf(request: Uint8Array): [start: number, end: number] {
  const start = skipVarint(request, 1).next;
  const { value, next } = skipVarint(request, start + 1);
  if (request[0] !== messageTag || request[start] !== messageTag)
    throw new RangeError("Cannot find the resource of a request: it must come first, current value begins otherwise");
  return [start, next + value];
}

function skipVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let next = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next };
  }
}
