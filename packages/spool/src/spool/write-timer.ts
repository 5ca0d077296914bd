/**
 * What is due within so many milliseconds is written at the end of the event loop's turn, but not more often than that: a timer would wake an
 * idle process once more, which costs several times the write.
 */
const turnGapMs = 10;

/** Calls when a write is due: at the end of this turn of the event loop, or by a timer that does not keep the process alive. */
export class WriteTimer {
  readonly #write: (isEndOfTurn: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;
  #endOfTurn: NodeJS.Immediate | undefined;
  #turnAt = Number.NEGATIVE_INFINITY;

  /** @param write told whether it is the end of the turn, at which less may be due than at the time asked for */
  constructor(write: (isEndOfTurn: boolean) => void) {
    this.#write = write;
  }

  /** Calls at `dueAt` at the latest, on the clock of `performance.now()`; `mayBeEarlier`: at the end of the turn where that is near. */
  callAt(dueAt: number, now: number, mayBeEarlier: boolean): void {
    if (this.#endOfTurn !== undefined || (this.#timer !== undefined && this.#timerAt <= dueAt)) return;
    if (mayBeEarlier && dueAt - now <= turnGapMs && now - this.#turnAt >= turnGapMs) {
      this.#turnAt = now;
      this.#endOfTurn = setImmediate(() => {
        this.#endOfTurn = undefined;
        this.#write(true);
      });
      return;
    }
    clearTimeout(this.#timer);
    this.#timerAt = dueAt;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#write(false);
      },
      Math.max(1, Math.ceil(dueAt - now)),
    );
    this.#timer.unref();
  }

  /** Calls no more. */
  clear(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#endOfTurn);
  }
}
