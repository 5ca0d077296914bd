/** The items of one export request, taken apart: everything with its tag and length. */
export interface EncodedItems {
  readonly resource: Uint8Array;
  readonly schema: Uint8Array;
  /** The scope of the first items. */
  readonly scope: Uint8Array;
  readonly items: readonly Uint8Array[];
}

interface Field {
  readonly number: number;
  /** With tag and length. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

const nothing = new Uint8Array();

/** Takes a request apart that holds one resource: its spans or log records as they are encoded. */
export function itemsOf(request: Uint8Array): EncodedItems {
  const perResource = fieldsOf(contentOf(fieldsOf(request), 1));
  const perScope = perResource.filter(({ number }) => number === 2).flatMap(({ content }) => fieldsOf(content));
  return {
    resource: wholeOf(perResource, 1),
    schema: wholeOf(perResource, 3),
    scope: wholeOf(perScope, 1),
    items: perScope.filter(({ number }) => number === 2).map(({ whole }) => whole),
  };
}

function contentOf(fields: readonly Field[], number: number): Uint8Array {
  return fields.find((field) => field.number === number)?.content ?? nothing;
}

function wholeOf(fields: readonly Field[], number: number): Uint8Array {
  return fields.find((field) => field.number === number)?.whole ?? nothing;
}

/** The fields of a message that has length-delimited ones only, as requests have down to their items. */
function fieldsOf(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[position++];
      if (byte === undefined) throw new RangeError("Cannot take a request apart: it is cut off");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (position < message.length) {
    const start = position;
    const tag = varint();
    const length = varint();
    fields.push({
      number: tag >> 3,
      whole: message.slice(start, position + length),
      content: message.subarray(position, position + length),
    });
    position += length;
  }
  return fields;
}
