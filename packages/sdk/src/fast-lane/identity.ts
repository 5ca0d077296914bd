import { randomFillSync } from "node:crypto";
import type { ItemWriter } from "@runlight/spool";

/* Hot path: ids are numbers until somebody asks for their text. Budget 15 ns for a span id. */

const pool = new Uint32Array(1024);
let taken = pool.length;

/** 32 random bits from a pool that is filled 4 KiB at a time. */
export function randomWord(): number {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  return pool[taken++] as number;
}

/** 32 bits as eight hexadecimal digits. */
export function hexWord(word: number): string {
  return (
    (hexBytes[word >>> 24] as string) +
    (hexBytes[(word >>> 16) & 255] as string) +
    (hexBytes[(word >>> 8) & 255] as string) +
    (hexBytes[word & 255] as string)
  );
}

const hexBytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The id of a trace, one object for all spans of it that come from one another. */
export class TraceId {
  readonly #words: readonly [number, number, number, number];
  #hex: string | undefined;

  constructor(words: readonly [number, number, number, number], hex?: string) {
    this.#words = words;
    this.#hex = hex;
  }

  /** 32 hexadecimal digits. */
  get hex(): string {
    return (this.#hex ??= this.#words.map(hexWord).join(""));
  }

  /** Writes the 16 bytes. There must be room. */
  write(writer: ItemWriter): void {
    const words = this.#words;
    writer.word(words[0]);
    writer.word(words[1]);
    writer.word(words[2]);
    writer.word(words[3]);
  }
}

/** A random trace id. */
export function randomTraceId(): TraceId {
  return new TraceId([randomWord(), randomWord(), randomWord(), randomWord() || 1]);
}

/** A trace id of 32 hexadecimal digits. */
export function traceIdOf(hex: string): TraceId {
  const word = (index: number): number => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16) >>> 0;
  return new TraceId([word(0), word(1), word(2), word(3)], hex);
}
