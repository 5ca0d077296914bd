/** What the hook asks. */
export interface IdleHookOptions {
  /** True when something came since it was last drained. */
  readonly isPending: () => boolean;
  /** Bounded, never rejects; keeps the process alive meanwhile. */
  readonly drain: () => Promise<void>;
}

/**
 * Drains before a process ends by itself. A program may find new work after that: then it goes on, and what came since is
 * drained when it is idle again.
 */
export function startIdleHook({ isPending, drain }: IdleHookOptions): { stop(): void } {
  let draining = false;
  const onBeforeExit = (): void => {
    if (draining || !isPending()) return;
    draining = true;
    void drain().then(() => {
      draining = false;
    });
  };
  process.on("beforeExit", onBeforeExit);
  return { stop: () => void process.off("beforeExit", onBeforeExit) };
}
