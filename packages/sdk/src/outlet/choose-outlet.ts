import { messageOf } from "../self/trouble.ts";
import { createDirectOutlet } from "./direct-outlet.ts";
import { createDiscardOutlet } from "./discard-outlet.ts";
import type { Outlet } from "./outlet.ts";
import { createSpoolOutlet, endpointsOf } from "./spool-outlet.ts";
import type { OutletOptions } from "./spool-outlet.ts";

/**
 * The outlet the settings ask for. A directory that cannot be used does not stop the job: it is told once, and telemetry
 * goes straight to the endpoints, or nowhere when there are none.
 */
export async function chooseOutlet(options: OutletOptions): Promise<Outlet> {
  if (options.settings.mode === "direct") return createDirectOutlet(options);
  try {
    return createSpoolOutlet(options);
  } catch (error) {
    const reason = messageOf(error);
    const reachable = Object.keys(endpointsOf(options.settings)).length > 0;
    options.trouble.tell("spool unusable", `${reason}; ${reachable ? "sending without disk" : "nothing is kept"}`);
    return reachable ? createDirectOutlet(options) : createDiscardOutlet(reason);
  }
}
