import type { Outlet } from "../outlet/outlet.ts";
import type { Trouble } from "./trouble.ts";

/** How soon a trouble of the outlet is told while the program runs. */
const lookEveryMs = 2000;

/** Tells the outlet's troubles while the program runs, not only at its end. Keeps no process alive. */
export function startTroubleWatch(outlet: Outlet, trouble: Trouble): { stop(): void } {
  const timer = setInterval(() => tellTroubles(outlet, trouble), lookEveryMs).unref();
  return { stop: () => clearInterval(timer) };
}

/** Tells what troubles the outlet now, each kind once in the life of the process. */
export function tellTroubles(outlet: Outlet, trouble: Trouble): void {
  for (const { kind, message } of outlet.troubles()) trouble.tell(kind, message);
}
