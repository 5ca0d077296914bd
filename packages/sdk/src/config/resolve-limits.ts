import type { LogRecordLimits } from "@opentelemetry/sdk-logs";
import type { SpanLimits } from "@opentelemetry/sdk-trace";
import type { SettingChoice } from "./setting-choice.ts";

const defaultCount = 128;
const unlimited = Infinity;

/** Limits of spans. */
export function resolveSpanLimits({ choose }: SettingChoice): SpanLimits {
  return {
    attributeValueLengthLimit: choose("spanLimits.attributeValueLengthLimit", unlimited),
    attributeCountLimit: choose("spanLimits.attributeCountLimit", defaultCount),
    eventCountLimit: choose("spanLimits.eventCountLimit", defaultCount),
    linkCountLimit: choose("spanLimits.linkCountLimit", defaultCount),
    attributePerEventCountLimit: choose("spanLimits.attributePerEventCountLimit", defaultCount),
    attributePerLinkCountLimit: choose("spanLimits.attributePerLinkCountLimit", defaultCount),
  };
}

/** Limits of log records. */
export function resolveLogRecordLimits({ choose }: SettingChoice): LogRecordLimits {
  return {
    attributeValueLengthLimit: choose("logRecordLimits.attributeValueLengthLimit", unlimited),
    attributeCountLimit: choose("logRecordLimits.attributeCountLimit", defaultCount),
  };
}
