/** A wait that can be ended early. */
export class Waker {
  #wake: (() => void) | undefined;

  /** Waits `durationMs`, or until `wake()`. One waiter at a time. */
  wait(durationMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.wake(), durationMs);
    this.#wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }

  wake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
