// Calls initTelemetry() several times and prints what each call did.
import type { Telemetry, TelemetryConfig } from "@runlight/sdk";
import { initTelemetry } from "@runlight/sdk";

const config = {
  service: "second",

  hostMetrics: false,
  resourceAttributes: { team: "a" },
};
const attempt = async (given?: TelemetryConfig): Promise<Telemetry | string> => {
  try {
    return await initTelemetry(given);
  } catch (error) {
    return String(error);
  }
};
const fault = await attempt({ ...config, heartbeatIntervalMs: -1, mode: "sideways" as "spool" });
const [first, together] = await Promise.all([initTelemetry(config), initTelemetry(config)]);
console.log(
  JSON.stringify({
    fault,
    together: first === together,
    absent: first === (await attempt()),
    equal: first === (await attempt(structuredClone(config))),
    different: await attempt({ ...config, service: "other", resourceAttributes: { team: "b" } }),
  }),
);
await first.shutdown();
console.log(
  JSON.stringify({
    afterShutdown: first === (await attempt(config)),
    again: (await first.shutdown()) === (await first.flush()),
  }),
);
