import { isDeepStrictEqual } from "node:util";
import { resolveSettings } from "./config/resolve-settings.ts";
import type { TelemetryConfig } from "./config/telemetry-config.ts";
import { createDisabledTelemetry } from "./disabled-telemetry.ts";
import { startTelemetry } from "./start-telemetry.ts";
import type { Telemetry } from "./telemetry.ts";

let started: { readonly config: TelemetryConfig; readonly telemetry: Promise<Telemetry> } | undefined;

/**
 * Switches telemetry on for this process, once, at its start. It works until the process ends; nothing has to be called then.
 *
 * A second call without configuration, or with an equal one, gives the same handle; with another one it rejects, for a
 * process has one telemetry. After a fault it may be called again.
 *
 * A worker thread that calls it has telemetry of its own: its own spool, and `service.instance.id` with the thread's id.
 * Where somebody else has registered an OpenTelemetry provider, that one stays and what Runlight emits goes through it.
 *
 * @throws TelemetryConfigError when the configuration has faults: all of them, before anything is started
 * @throws TypeError when telemetry is on with another configuration
 */
export function initTelemetry(config: TelemetryConfig = {}): Promise<Telemetry> {
  if (started !== undefined) {
    const differing = differingOptions(started.config, config);
    if (Object.keys(config).length === 0 || differing.length === 0) return started.telemetry;
    return Promise.reject(
      new TypeError(
        `Cannot start telemetry a second time: config must be absent or equal to that of the first call, current value differs in ${differing.join(", ")}`,
      ),
    );
  }
  const telemetry = resolveAndStart(config);
  const start = { config, telemetry };
  started = start;
  telemetry.catch(() => {
    if (started === start) started = undefined;
  });
  return telemetry;
}

async function resolveAndStart(config: TelemetryConfig): Promise<Telemetry> {
  const settings = await resolveSettings(config, process.env, process.cwd());
  return settings.enabled ? startTelemetry(settings) : createDisabledTelemetry(settings);
}

function differingOptions(one: TelemetryConfig, other: TelemetryConfig): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof TelemetryConfig>;
  return [...names].filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
