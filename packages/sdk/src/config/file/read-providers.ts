import { claim } from "../claims.ts";
import * as settingRule from "../rules/setting-rules.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";
import { readExporter } from "./read-exporter.ts";
import { readSampler } from "./read-sampler.ts";
import { readViews } from "./read-views.ts";

/** Reads `attribute_limits`, which hold for spans and log records unless their provider says otherwise. */
export function readAttributeLimits(reader: FileReader): void {
  reader.take(["attribute_limits", "attribute_value_length_limit"], settingRule.limit, (limit) => [
    claim("spanLimits.attributeValueLengthLimit", limit),
    claim("logRecordLimits.attributeValueLengthLimit", limit),
  ]);
  reader.take(["attribute_limits", "attribute_count_limit"], settingRule.limit, (limit) => [
    claim("spanLimits.attributeCountLimit", limit),
    claim("logRecordLimits.attributeCountLimit", limit),
  ]);
}

/** Reads `tracer_provider`. */
export function readTracerProvider(reader: FileReader): void {
  const provider = "tracer_provider";
  readProcessors(reader, { signal: "traces", batch: "spanBatch", path: [provider, "processors"] });
  const limits = [
    ["attribute_value_length_limit", "attributeValueLengthLimit"],
    ["attribute_count_limit", "attributeCountLimit"],
    ["event_count_limit", "eventCountLimit"],
    ["link_count_limit", "linkCountLimit"],
    ["event_attribute_count_limit", "attributePerEventCountLimit"],
    ["link_attribute_count_limit", "attributePerLinkCountLimit"],
  ] as const;
  for (const [key, limit] of limits) {
    reader.take([provider, "limits", key], settingRule.limit, (count) => [claim(`spanLimits.${limit}`, count)]);
  }
  const sampler = readSampler(reader, [provider, "sampler"]);
  if (sampler !== undefined) reader.add([provider, "sampler"], [claim("sampler", sampler)]);
}

/** Reads `logger_provider`. */
export function readLoggerProvider(reader: FileReader): void {
  const provider = "logger_provider";
  readProcessors(reader, { signal: "logs", batch: "logRecordBatch", path: [provider, "processors"] });
  const limits = [
    ["attribute_value_length_limit", "attributeValueLengthLimit"],
    ["attribute_count_limit", "attributeCountLimit"],
  ] as const;
  for (const [key, limit] of limits) {
    reader.take([provider, "limits", key], settingRule.limit, (count) => [claim(`logRecordLimits.${limit}`, count)]);
  }
}

/** Reads `meter_provider`. */
export function readMeterProvider(reader: FileReader): void {
  const readers = ["meter_provider", "readers"];
  if (reader.count(readers) > 1) reader.refuse([...readers, 1], { text: "left out, as there is one reader" });
  const periodic: FilePath = [...readers, 0, "periodic"];
  reader.take([...periodic, "interval"], settingRule.metricInterval, (intervalMs) => [
    claim("metricIntervalMs", intervalMs),
  ]);
  reader.take([...periodic, "timeout"], settingRule.exportTimeout, (timeoutMs) => [
    claim("metricTimeoutMs", timeoutMs),
  ]);
  const exporter = reader.value([...periodic, "exporter"]);
  if (hasKey(exporter, "otlp_http")) readExporter(reader, "metrics", [...periodic, "exporter", "otlp_http"]);
  reader.take(["meter_provider", "exemplar_filter"], settingRule.exemplarFilter);
  readViews(reader, ["meter_provider", "views"]);
}

function readProcessors(
  reader: FileReader,
  {
    signal,
    batch,
    path,
  }: { readonly signal: "logs" | "traces"; readonly batch: "logRecordBatch" | "spanBatch"; readonly path: FilePath },
): void {
  if (reader.count(path) > 1) reader.refuse([...path, 1], { text: "left out, as there is one processor" });
  for (const kind of ["batch", "simple"]) {
    const exporter = [...path, 0, kind, "exporter"];
    if (hasKey(reader.value(exporter), "otlp_http")) readExporter(reader, signal, [...exporter, "otlp_http"]);
  }
  const queue = [...path, 0, "batch"];
  reader.take([...queue, "schedule_delay"], settingRule.batchDelay, (delayMs) => [
    claim(`${batch}.scheduledDelayMillis`, delayMs),
  ]);
  reader.take([...queue, "export_timeout"], settingRule.exportTimeout, (timeoutMs) => [
    claim(`${batch}.exportTimeoutMillis`, timeoutMs),
  ]);
  reader.take([...queue, "max_queue_size"], settingRule.queueSize, (size) => [claim(`${batch}.maxQueueSize`, size)]);
  reader.take([...queue, "max_export_batch_size"], settingRule.queueSize, (size) => [
    claim(`${batch}.maxExportBatchSize`, size),
  ]);
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
