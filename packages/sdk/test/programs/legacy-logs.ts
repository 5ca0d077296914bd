// Logs through the old logs API, by itself and by the winston transport that uses it.
import { logs } from "@opentelemetry/api-logs";
import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
import { initTelemetry, stage, workflow } from "@runlight/sdk";
import winston from "winston";

await initTelemetry({ service: "legacy", hostMetrics: false });
const logger = winston.createLogger({ transports: [new OpenTelemetryTransportV3()] });
logs.getLogger("old", "1.0.0").emit({ severityNumber: 9, body: "from the old API" });
workflow("job", () =>
  stage("load", () => {
    logger.warn("from the old winston transport", { rows: 3 });
    console.warn("from the console");
  }),
);
