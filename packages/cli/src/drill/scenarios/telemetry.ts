import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** Telemetry that is dropped, refused, or not stored. */
export const telemetryScenarios: readonly Scenario[] = [
  {
    cause: "a log record is larger than the spool takes",
    alerts: [{ alert: "RunlightTelemetryDropped", subject: "drill-dropped" }],
    begin: (drill) => startUntilMended(drill, "dropped", { environment: { RUNLIGHT_SPOOL_MAX_BUFFER_BYTES: "65536" } }),
  },
  {
    cause: "Loki is killed while a run logs without end",
    alerts: [
      { alert: "RunlightCollectorQueueFilling", subject: "otelcol" },
      { alert: "RunlightCollectorRefusing", subject: "otelcol" },
      { alert: "RunlightSpoolGrowing", subject: "drill-flood", silencedBy: "RunlightSpoolGrowingLong" },
      { alert: "RunlightSpoolGrowingLong", subject: "drill-flood" },
    ],
    async begin(drill) {
      drill.stack.kill("loki");
      const beganMs = Date.now();
      const job = drill.startJob("flood");
      return {
        beganMs,
        async mend() {
          await Promise.all([drill.stack.up(), job.mend()]);
        },
      };
    },
  },
];
