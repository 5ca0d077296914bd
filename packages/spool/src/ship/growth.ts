import { isReached } from "./shared-state.ts";
import type { SharedState } from "./shared-state.ts";

/** So much is not written before a lane waits for something again. */
const farBytes = 2 ** 30;

/** How much is written to a spool that is being shipped, known without a look at its files. */
export interface Growth {
  /** Bytes that were written so far: a count that begins anew after 2^32. */
  written(): number;
  /** Has all lanes woken once `sizeBytes` are written behind what `written()` gave, at once where they are already. */
  wakeAfter(written: number, sizeBytes: number): void;
}

/** A spool that does not grow, or whose writer says nothing: it is looked at from time to time. */
export const unknownGrowth: Growth = { written: () => 0, wakeAfter: () => {} };

/** Keeps what the lanes wait for, the nearest of it where the main thread sees it: a thread whom nobody needs is left asleep. */
export class AwaitedGrowth implements Growth {
  readonly #shared: SharedState;
  #awaited = 0;

  constructor(shared: SharedState) {
    this.#shared = shared;
    this.forget();
  }

  written(): number {
    return this.#shared.written();
  }

  wakeAfter(written: number, sizeBytes: number): void {
    const awaited = (written + sizeBytes) | 0;
    if (!isReached(this.#awaited, awaited)) return;
    this.#awaited = awaited;
    this.#shared.awaitWritten(awaited);
  }

  /** Waits for nothing more: who is woken says anew what it waits for. */
  forget(): void {
    this.#awaited = (this.#shared.written() + farBytes) | 0;
    this.#shared.awaitWritten(this.#awaited);
  }
}
