import { defaultRetry } from "./retry-settings.ts";
import { SharedState } from "./shared-state.ts";
import type { Shipper, ShipperSettings } from "./shipper.ts";
import { WorkerShipper } from "./worker-shipper.ts";

/** Starts the worker thread that ships this process's spool, and what gone processes left, at once or when it is needed. It does not keep the process alive. */
export function startShipper(settings: ShipperSettings): Shipper {
  const {
    root,
    directory,
    endpoints,
    pollIntervalMs = 5000,
    lingerMs = 500,
    adoptIntervalMs = 60_000,
    retry = defaultRetry,
    beginWithinMs = 0,
  } = settings;
  const shared = new SharedState().buffer;
  const worker = { root, directory, endpoints, pollIntervalMs, lingerMs, adoptIntervalMs, retry, shared };
  return new WorkerShipper(worker, beginWithinMs);
}
