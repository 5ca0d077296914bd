import type { RawFrame } from "../frame/codec.ts";
import { decodeFirstResource, decodeResource } from "../otlp/decode-request.ts";
import type { Attributes } from "../otlp/decoded.ts";
import { joinRequest, splitResourceMessage } from "../otlp/envelope.ts";
import { WireReader } from "../otlp/wire-reader.ts";

const nothing = new Uint8Array(0);

/** A resource that frames refer to by its number. */
export interface KnownResource {
  readonly attributes: Attributes;
  /** The resource and its schema as one message, as they stand in the resource frame. */
  readonly message: Uint8Array;
  /** The `resource` field of a request, with its tag. */
  readonly field: Uint8Array;
  /** The `schema_url` field of a request, with its tag. */
  readonly schema: Uint8Array;
}

const unknownResource: KnownResource = { attributes: {}, message: nothing, field: nothing, schema: nothing };

/**
 * The resources of one spool, as its frames define them. Numbers keep their meaning across the segments of one writer, so a segment whose
 * resource frame is damaged is read with what an earlier one said.
 */
export class ResourceTable {
  readonly #resources = new Map<number, KnownResource>();

  /** Takes up what a resource frame defines. */
  define(frame: RawFrame): void {
    const known = this.#resources.get(frame.resource);
    if (known !== undefined && Buffer.compare(known.message, frame.payload) === 0) return;
    const message = new Uint8Array(frame.payload);
    try {
      const { resource, schema } = splitResourceMessage(message);
      const attributes = decodeResource(new WireReader(message));
      this.#resources.set(frame.resource, { attributes, message, field: resource, schema });
    } catch {
      this.#resources.delete(frame.resource);
    }
  }

  /** The resource a frame of records belongs to; an empty one where its definition is lost. */
  of(frame: RawFrame): KnownResource {
    if (!frame.whole) return this.#resources.get(frame.resource) ?? unknownResource;
    try {
      return { ...unknownResource, attributes: decodeFirstResource(frame.payload) };
    } catch {
      return unknownResource;
    }
  }

  /** The export request that a frame of records was made from, in memory of its own. */
  request(frame: RawFrame): Uint8Array {
    if (frame.whole) return Buffer.from(frame.payload);
    const { field, schema } = this.of(frame);
    return joinRequest(field, [frame.payload], schema);
  }
}
