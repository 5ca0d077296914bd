// Logs through the old logs API, which is loaded when telemetry is on.
import { initTelemetry } from "@runlight/sdk";

await initTelemetry({ service: "legacy", hostMetrics: false });
const { logs } = await import("@opentelemetry/api-logs");
logs.getLogger("old", "1.0.0").emit({ severityNumber: 9, body: "late" });
