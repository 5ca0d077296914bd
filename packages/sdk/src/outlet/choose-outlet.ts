import { messageOf } from "../self/trouble.ts";
import { createDiscardOutlet } from "./discard-outlet.ts";
import type { Outlet } from "./outlet.ts";
import { createSpoolOutlet, endpointsOf } from "./spool-outlet.ts";
import type { OutletOptions } from "./spool-outlet.ts";

/**
 * The outlet the settings ask for. A directory that cannot be used does not stop the job: it is told once, and telemetry
 * goes straight to the endpoints, or nowhere when there are none.
 */
export async function chooseOutlet(options: OutletOptions): Promise<Outlet> {
  if (options.settings.mode === "direct") return directOutlet(options);
  try {
    return createSpoolOutlet(options);
  } catch (error) {
    const reason = messageOf(error);
    const reachable = Object.keys(endpointsOf(options.settings)).length > 0;
    options.trouble.tell("spool unusable", `${reason}; ${reachable ? "sending without disk" : "nothing is kept"}`);
    return reachable ? directOutlet(options) : createDiscardOutlet(reason);
  }
}

/** Loaded only here: it comes with all of the stock SDK. */
async function directOutlet(options: OutletOptions): Promise<Outlet> {
  const { createDirectOutlet } = await import("./direct-outlet.ts");
  return createDirectOutlet(options);
}
