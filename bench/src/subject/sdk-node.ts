import { logs, SeverityNumber } from "@opentelemetry/api";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace";
import { createKernelByHand, createSpanByHand, createStageByHand } from "./by-hand.ts";
import { fields, nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** The stock SDK with OTLP over HTTP and protobuf, and its batch processors with their defaults. */
export async function start({ workload, endpoint }: SubjectSettings): Promise<Subject> {
  if (workload === "unsampled") process.env["OTEL_TRACES_SAMPLER"] = "always_off";
  const exporters = {
    traces: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
    logs: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }),
    metrics: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
  };
  const spans = new BatchSpanProcessor({ exporter: exporters.traces });
  const records = new BatchLogRecordProcessor({ exporter: exporters.logs });
  const metrics = new PeriodicExportingMetricReader({ exporter: exporters.metrics });
  const sdk = new NodeSDK({
    serviceName: "bench",
    spanProcessors: [spans],
    logRecordProcessors: [records],
    metricReaders: [metrics],
  });
  sdk.start();

  async function drain(): Promise<void> {
    await turn();
    await Promise.all([spans.forceFlush(), records.forceFlush()]);
  }
  return {
    ...operationOf(workload),
    drain,
    async flush() {
      await drain();
      // The processors do not wait for the batches that were under way before.
      await Promise.all([exporters.traces.forceFlush(), exporters.logs.forceFlush(), metrics.forceFlush()]);
    },
  };
}

function operationOf(workload: string): Pick<Subject, "operate" | "sends"> {
  switch (workload) {
    case "span":
      return { operate: createSpanByHand(), sends: { spans: 1, logRecords: 0 } };
    case "unsampled":
      return { operate: createSpanByHand(), sends: nothing };
    case "default":
    case "all":
      return { operate: createStageByHand(), sends: { spans: 1, logRecords: 2 } };
    case "kernel":
      return { operate: createKernelByHand(), sends: { spans: 1, logRecords: 0 } };
    case "span-and-log": {
      const span = createSpanByHand();
      return {
        operate: (work) =>
          span(() => {
            work();
            emitRecord();
          }),
        sends: { spans: 1, logRecords: 1 },
      };
    }
    case "log":
      return { operate: emitRecord, sends: { spans: 0, logRecords: 1 } };
    default:
      throw unknownWorkload("the stock SDK", workload);
  }
}

function emitRecord(): void {
  logs.getLogger("bench").emit({
    eventName: "bench.checked",
    severityNumber: SeverityNumber.INFO,
    severityText: "INFO",
    timestamp: Date.now(),
    body: "rows checked",
    attributes: fields,
  });
}
