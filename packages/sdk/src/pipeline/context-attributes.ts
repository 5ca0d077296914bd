import { context } from "@opentelemetry/api";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import { operationAttributes, operationScope } from "@runlight/core";

const nothing = (): Promise<void> => Promise.resolve();

/** Puts run, stage, pipeline and what is bound on every span that somebody else starts inside an operation. */
export function createSpanContextAttributes(): SpanProcessor {
  return {
    onStart(span, parentContext) {
      if (span.instrumentationScope.name !== operationScope.name)
        span.setAttributes(operationAttributes(parentContext));
    },
    onEnd() {},
    forceFlush: nothing,
    shutdown: nothing,
  };
}

/** Puts run, stage, pipeline and what is bound on every log record that somebody else emits inside an operation; what the record says itself stays. */
export function createLogContextAttributes(): LogRecordProcessor {
  return {
    onEmit(record, of = context.active()) {
      if (record.instrumentationScope.name === operationScope.name) return;
      for (const [name, value] of Object.entries(operationAttributes(of))) {
        if (record.attributes[name] === undefined) record.setAttribute(name, value);
      }
    },
    forceFlush: nothing,
    shutdown: nothing,
  };
}
