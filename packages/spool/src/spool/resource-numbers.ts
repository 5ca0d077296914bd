import type { Envelope } from "../otlp/envelope.ts";
import { resourceMessage } from "../otlp/envelope.ts";

/** A process has one resource, or one for each of its providers; a request with yet another is kept whole. */
const maxResources = 256;

interface NumberedResource {
  readonly resource: Uint8Array;
  readonly schema: Uint8Array;
  readonly message: Buffer;
}

/** Gives every resource of a spool a number, in the order they come. */
export class ResourceNumbers {
  readonly #known: NumberedResource[] = [];

  /** The number of a request's resource; undefined when there are too many. Costs one comparison of bytes a resource. */
  numberOf(envelope: Envelope): number | undefined {
    const { resource, schema } = envelope;
    const found = this.#known.findIndex(
      (known) => Buffer.compare(known.resource, resource) === 0 && Buffer.compare(known.schema, schema) === 0,
    );
    if (found !== -1) return found;
    if (this.#known.length >= maxResources) return undefined;
    // The request's memory is the caller's; what is kept for the life of the spool is a copy of its own.
    this.#known.push({
      resource: new Uint8Array(resource),
      schema: new Uint8Array(schema),
      message: resourceMessage(envelope),
    });
    return this.#known.length - 1;
  }

  /** What the resource frame of a number holds. */
  messageOf(number: number): Buffer {
    return this.#known[number]?.message ?? Buffer.alloc(0);
  }
}
