const word = 4_294_967_296n;

/** The latest of many times that are given as two halves of 64 bits: nanoseconds since the epoch, without a bigint for each. */
export class LatestTime {
  readonly #boundHigh: number;
  readonly #boundLow: number;
  #high = 0;
  #low = 0;

  /** `bound`: later times say nothing and are passed over. */
  constructor(bound: bigint) {
    this.#boundHigh = Number(bound / word);
    this.#boundLow = Number(bound % word);
  }

  /** 0 where there was none. */
  get value(): bigint {
    return BigInt(this.#high) * word + BigInt(this.#low);
  }

  see(high: number, low: number): void {
    if (high < this.#high || (high === this.#high && low <= this.#low)) return;
    if (high > this.#boundHigh || (high === this.#boundHigh && low > this.#boundLow)) return;
    this.#high = high;
    this.#low = low;
  }

  seeWhole(time: bigint): void {
    this.see(Number(time / word), Number(time % word));
  }
}
