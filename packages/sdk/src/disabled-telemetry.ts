import { forEachSignal } from "./account.ts";
import type { TelemetrySettings } from "./config/telemetry-settings.ts";
import type { Telemetry } from "./telemetry.ts";

/** Telemetry that is switched off: it registers nothing, writes nothing, starts nothing. */
export function createDisabledTelemetry(settings: TelemetrySettings): Telemetry {
  return {
    settings,
    flush: () => Promise.resolve(true),
    shutdown: () => Promise.resolve(true),
    account: () => ({
      state: "off",
      directory: undefined,
      sizeBytes: 0,
      bufferedBytes: 0,
      lastError: undefined,
      signals: forEachSignal(() => ({
        endpoint: undefined,
        provider: "runlight",
        kept: 0,
        shipped: 0,
        dropped: {},
        pending: 0,
      })),
    }),
  };
}
