import { join } from "node:path";
import { logs } from "@opentelemetry/api";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
import winston from "winston";
import { fields, nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** winston to a file as JSON lines (`file`), or through OpenTelemetry's transport to OTLP (`otlp`). */
export async function start({ workload, endpoint, directory }: SubjectSettings): Promise<Subject> {
  if (workload === "file") return startFile(directory);
  if (workload === "otlp") return startOtlp(endpoint);
  throw unknownWorkload("winston", workload);
}

function startFile(directory: string): Subject {
  const transport = new winston.transports.File({ filename: join(directory, "bench.log") });
  const logger = winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  return {
    operate: () => void logger.info("rows checked", fields),
    sends: nothing,
    drain: turn,
    async flush() {
      const finished = new Promise((resolve) => transport.once("finish", resolve));
      logger.end();
      await finished;
    },
  };
}

function startOtlp(endpoint: string): Subject {
  const exporter = new OTLPLogExporter({ url: `${endpoint}/v1/logs` });
  const processor = new BatchLogRecordProcessor({ exporter });
  const provider = new LoggerProvider({ processors: [processor] });
  logs.setGlobalLoggerProvider(provider);
  // The transport writes to @opentelemetry/api-logs, whose place SDK 3 does not fill: without this not one record arrives.
  Object.assign(globalThis, { [Symbol.for("io.opentelemetry.js.api.logs")]: () => provider });
  const logger = winston.createLogger({ transports: [new OpenTelemetryTransportV3()] });
  async function drain(): Promise<void> {
    await turn();
    await processor.forceFlush();
  }
  return {
    operate: () => void logger.info("rows checked", fields),
    sends: { spans: 0, logRecords: 1 },
    drain,
    async flush() {
      await drain();
      await exporter.forceFlush();
    },
  };
}
