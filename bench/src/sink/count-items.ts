/** What an OTLP export request holds: spans, log records or metric points. */
export type Signal = "logs" | "metrics" | "traces";

/** Fields of a metric that hold its points: gauge, sum, histogram, exponential histogram, summary. */
const pointHolders: ReadonlySet<number> = new Set([5, 7, 9, 10, 11]);

/**
 * Counts the spans, log records or metric points of a serialized export request without decoding them:
 * all three have them at the path 1 (resource), 2 (scope), 2 (item).
 *
 * @throws RangeError when the bytes are cut off
 */
export function countItems(body: Uint8Array, signal: Signal): number {
  let items = 0;
  eachMessage(body, { from: 0, to: body.length }, (field, resource) => {
    if (field !== 1) return;
    eachMessage(body, resource, (field, scope) => {
      if (field !== 2) return;
      eachMessage(body, scope, (field, item) => {
        if (field === 2) items += signal === "metrics" ? countPoints(body, item) : 1;
      });
    });
  });
  return items;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function countPoints(body: Uint8Array, metric: Range): number {
  let points = 0;
  eachMessage(body, metric, (field, data) => {
    if (!pointHolders.has(field)) return;
    eachMessage(body, data, (field) => {
      if (field === 1) points += 1;
    });
  });
  return points;
}

/** Calls `visit` for each length-delimited field; the others are passed over. */
function eachMessage(body: Uint8Array, { from, to }: Range, visit: (field: number, range: Range) => void): void {
  let position = from;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = body[position++];
      if (byte === undefined) throw new RangeError("Cannot count items: the request is cut off");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (position < to) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key & 7) {
      case 0:
        varint();
        break;
      case 1:
        position += 8;
        break;
      case 2: {
        const length = varint();
        if (position + length > to) throw new RangeError("Cannot count items: the request is cut off");
        visit(field, { from: position, to: position + length });
        position += length;
        break;
      }
      case 5:
        position += 4;
        break;
      default:
        throw new RangeError(`Cannot count items: wire type ${key & 7} is unknown`);
    }
  }
}
