/** Where little comes, the pause between two looks grows up to so many times the shortest one. */
const maxPauses = 4;

/** The pause between two looks at a spool, in which records gather: each look costs as much as dozens of them. */
export class Pause {
  readonly #shortestMs: number;
  #durationMs = 0;
  #from = Number.NEGATIVE_INFINITY;

  constructor(shortestMs: number) {
    this.#shortestMs = shortestMs;
  }

  /** When it is over, on the clock of `performance.now()`. */
  get end(): number {
    return this.#from + this.#durationMs;
  }

  /** Begins with the end of a look, or of the request it led to; longer than the one before where it found little. */
  begin(isLittle: boolean): void {
    this.#from = performance.now();
    const shortestMs = this.#shortestMs;
    this.#durationMs = isLittle
      ? Math.min(maxPauses * shortestMs, Math.max(shortestMs, 2 * this.#durationMs))
      : shortestMs;
  }

  /** The next look is at once, and pauses are short again: there was nothing for a while, or what was there must be read anew. */
  reset(): void {
    this.#durationMs = 0;
    this.#from = Number.NEGATIVE_INFINITY;
  }
}
