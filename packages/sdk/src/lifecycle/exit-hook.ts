/**
 * Calls `finish` when the process exits, after the program's own `exit` listeners, so that what they emit is kept too.
 * Nothing can be awaited there. In a worker thread it is the thread's exit.
 */
export function startExitHook(finish: (exitCode: number) => void): { stop(): void } {
  const onExit = (exitCode: number): void => finish(exitCode);
  // Listeners are called in the order they came. Whoever comes later is let pass; the event tells before the listener is added.
  const onNewListener = (event: string | symbol, listener: unknown): void => {
    if (event === "exit" && listener !== onExit) queueMicrotask(moveToEnd);
  };
  const moveToEnd = (): void => {
    if (!process.listeners("exit").includes(onExit)) return;
    process.off("exit", onExit);
    process.on("exit", onExit);
  };
  process.on("exit", onExit);
  process.on("newListener", onNewListener);
  return {
    stop() {
      process.off("newListener", onNewListener);
      process.off("exit", onExit);
    },
  };
}
