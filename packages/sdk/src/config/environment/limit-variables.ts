import { type Claim, claim } from "../claims.ts";
import * as settingRule from "../rules/setting-rules.ts";
import { type EnvironmentVariable, variable } from "./environment-variable.ts";

/** `OTEL_*_LIMIT`: for all signals first, then for each, which so take their place. */
export const limitVariables: readonly EnvironmentVariable[] = [
  limit("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", ["Characters of an attribute's value", "unlimited"], (count) => [
    claim("spanLimits.attributeValueLengthLimit", count),
    claim("logRecordLimits.attributeValueLengthLimit", count),
  ]),
  limit("OTEL_ATTRIBUTE_COUNT_LIMIT", ["Attributes of a span or log record", "128"], (count) => [
    claim("spanLimits.attributeCountLimit", count),
    claim("logRecordLimits.attributeCountLimit", count),
  ]),
  limit(
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    ["Characters of a span attribute's value", "`OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`"],
    (count) => [claim("spanLimits.attributeValueLengthLimit", count)],
  ),
  limit("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", ["Attributes of a span", "`OTEL_ATTRIBUTE_COUNT_LIMIT`"], (count) => [
    claim("spanLimits.attributeCountLimit", count),
  ]),
  limit("OTEL_SPAN_EVENT_COUNT_LIMIT", ["Events of a span", "128"], (count) => [
    claim("spanLimits.eventCountLimit", count),
  ]),
  limit("OTEL_SPAN_LINK_COUNT_LIMIT", ["Links of a span", "128"], (count) => [
    claim("spanLimits.linkCountLimit", count),
  ]),
  limit("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", ["Attributes of a span event", "128"], (count) => [
    claim("spanLimits.attributePerEventCountLimit", count),
  ]),
  limit("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", ["Attributes of a span link", "128"], (count) => [
    claim("spanLimits.attributePerLinkCountLimit", count),
  ]),
  limit(
    "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    ["Characters of a log record attribute's value", "`OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`"],
    (count) => [claim("logRecordLimits.attributeValueLengthLimit", count)],
  ),
  limit(
    "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
    ["Attributes of a log record", "`OTEL_ATTRIBUTE_COUNT_LIMIT`"],
    (count) => [claim("logRecordLimits.attributeCountLimit", count)],
  ),
];

/** `OTEL_BSP_*` and `OTEL_BLRP_*`: the queues of mode `direct`; the spool has its own bounds. */
export const batchVariables: readonly EnvironmentVariable[] = [
  ...batch("OTEL_BSP", "spanBatch", "spans"),
  ...batch("OTEL_BLRP", "logRecordBatch", "log records"),
];

function limit(
  name: string,
  [meaning, fallback]: readonly [string, string],
  claims: (count: number) => readonly Claim[],
): EnvironmentVariable {
  return variable({ name, meaning, fallback }, settingRule.limit, claims);
}

function batch(prefix: string, setting: "logRecordBatch" | "spanBatch", what: string): readonly EnvironmentVariable[] {
  const onlyDirect = "; mode `direct` only";
  return [
    variable(
      {
        name: `${prefix}_SCHEDULE_DELAY`,
        meaning: `Milliseconds between batches of ${what}${onlyDirect}`,
        fallback: "1000",
      },
      settingRule.batchDelay,
      (delayMs) => [claim(`${setting}.scheduledDelayMillis`, delayMs)],
    ),
    variable(
      {
        name: `${prefix}_EXPORT_TIMEOUT`,
        meaning: `Milliseconds one batch of ${what} may take${onlyDirect}`,
        fallback: "30000",
      },
      settingRule.exportTimeout,
      (timeoutMs) => [claim(`${setting}.exportTimeoutMillis`, timeoutMs)],
    ),
    variable(
      {
        name: `${prefix}_MAX_QUEUE_SIZE`,
        meaning: `Number of ${what} that wait in memory${onlyDirect}`,
        fallback: "15360",
      },
      settingRule.queueSize,
      (size) => [claim(`${setting}.maxQueueSize`, size)],
    ),
    variable(
      {
        name: `${prefix}_MAX_EXPORT_BATCH_SIZE`,
        meaning: `Number of ${what} in one batch${onlyDirect}`,
        fallback: "512",
      },
      settingRule.queueSize,
      (size) => [claim(`${setting}.maxExportBatchSize`, size)],
    ),
  ];
}
