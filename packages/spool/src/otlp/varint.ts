/** Bytes that an unsigned varint takes. `value`: 0 to 2^53 - 1. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Writes an unsigned varint at `position`; returns where it ends. */
export function writeVarint(target: Uint8Array, position: number, value: number): number {
  let end = position;
  let rest = value;
  while (rest >= 128) {
    target[end] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
    end += 1;
  }
  target[end] = rest;
  return end + 1;
}
