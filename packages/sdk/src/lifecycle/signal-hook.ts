/** What the hook listens to, and does on a signal. */
export interface SignalHookOptions {
  /** Signals by which a process ends that does not listen to them. */
  readonly signals: readonly NodeJS.Signals[];
  /** Those among them that the process outlives all the same. */
  readonly outlived: readonly NodeJS.Signals[];
  /** Bounded, never rejects. `ending` says whether the process ends after it. */
  readonly flush: (signal: NodeJS.Signals, ending: boolean) => Promise<void>;
  /** Called right before the process is ended by the signal; an `exit` listener is not called then. */
  readonly finish: () => void;
}

/**
 * Flushes on each of the signals. When the program has no listener of its own, the process then ends by that very signal,
 * as it would have without this hook; a second signal ends it at once. When it has one, ending is its business.
 *
 * A signal reaches a listener only when the program's synchronous code lets go, as with any listener.
 */
export function startSignalHook({ signals, outlived, flush, finish }: SignalHookOptions): { stop(): void } {
  const listeners = signals.map((signal) => {
    let ending = false;
    const end = (): void => {
      finish();
      process.off(signal, listener);
      process.kill(process.pid, signal);
    };
    const listener = (): void => {
      if (ending) return end();
      // The first process of a container does not end by a signal that nobody listens to.
      ending = process.pid !== 1 && !outlived.includes(signal) && !othersListen(signal, listener);
      void flush(signal, ending).then(() => {
        if (ending) end();
      });
    };
    // First in line: a listener that is there `once` is gone when it has been called.
    process.prependListener(signal, listener);
    return { signal, listener };
  });
  return {
    stop() {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}

/**
 * The package `signal-exit` listens to clean up, not to keep the process alive: it raises the signal again itself when
 * nobody else listens. Two who each wait for the other would make the process deaf, so its listeners do not count.
 */
function othersListen(signal: NodeJS.Signals, own: () => void): boolean {
  const holders = [
    (globalThis as Record<symbol, unknown>)[Symbol.for("signal-exit emitter")],
    (process as unknown as Record<string, unknown>)["__signal_exit_emitter__"],
  ];
  const cleaning = holders.reduce((sum: number, holder) => {
    const count = (holder as { readonly count?: unknown } | undefined)?.count;
    return sum + (typeof count === "number" ? count : 0);
  }, 0);
  return process.listeners(signal).filter((listener) => listener !== own).length > cleaning;
}
