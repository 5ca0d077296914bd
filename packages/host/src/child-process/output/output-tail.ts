/** The last bytes of a stream. */
export interface OutputTail {
  add(chunk: Buffer): void;
  /** What is kept as text; begins with a whole character. */
  text(): string;
}

/** Keeps the last `maxBytes` of what is added, in as much memory. */
export function createOutputTail(maxBytes: number): OutputTail {
  let ring = Buffer.alloc(0);
  let end = 0;
  let full = false;
  return {
    add(chunk) {
      const kept = chunk.subarray(Math.max(0, chunk.length - maxBytes));
      if (kept.length === 0) return;
      if (ring.length === 0) ring = Buffer.alloc(maxBytes);
      const head = kept.subarray(0, maxBytes - end);
      head.copy(ring, end);
      kept.copy(ring, 0, head.length);
      full ||= end + kept.length > maxBytes;
      end = (end + kept.length) % maxBytes;
      // What just fills the ring begins at its end, as what has gone round it does.
      full ||= end === 0;
    },
    text() {
      if (!full) return ring.toString("utf8", 0, end);
      const bytes = Buffer.concat([ring.subarray(end), ring.subarray(0, end)]);
      let start = 0;
      while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return bytes.toString("utf8", start);
    },
  };
}
