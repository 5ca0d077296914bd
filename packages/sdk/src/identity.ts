import { randomFillSync } from "node:crypto";

/* Hot path: ids are numbers until somebody asks for their text. Signed ones: those are kept without memory of their own. Budget 10 ns for a span id. */

const state = randomFillSync(new Int32Array(4));

/**
 * 32 random bits. Ids must not meet, and need not be secret: they come from a seed of 128 random bits, without memory of their own.
 * Source: Marsaglia, Xorshift RNGs, 2003.
 */
export function randomWord(): number {
  let word = state[0] as number;
  const last = state[3] as number;
  word ^= word << 11;
  word ^= (word >>> 8) ^ last ^ (last >>> 19);
  state[0] = state[1] as number;
  state[1] = state[2] as number;
  state[2] = last;
  state[3] = word;
  return word;
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

/** Eight of the hexadecimal digits of an id, from digit `first` on, as 32 bits. */
export function wordOf(hex: string, first: number): number {
  return Number.parseInt(hex.slice(first, first + 8), 16) | 0;
}

/** The id of a trace, one object for all spans of it that come from one another. */
export class TraceId {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly word3: number;
  #hex: string | undefined;

  /** A random one, or that of 32 hexadecimal digits. */
  constructor(hex?: string) {
    this.word0 = hex === undefined ? randomWord() : wordOf(hex, 0);
    this.word1 = hex === undefined ? randomWord() : wordOf(hex, 8);
    this.word2 = hex === undefined ? randomWord() : wordOf(hex, 16);
    this.word3 = hex === undefined ? randomWord() || 1 : wordOf(hex, 24);
    this.#hex = hex;
  }

  /** 32 hexadecimal digits. */
  get hex(): string {
    return (this.#hex ??= hexWord(this.word0) + hexWord(this.word1) + hexWord(this.word2) + hexWord(this.word3));
  }
}
