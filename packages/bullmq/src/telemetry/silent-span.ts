import type { Context } from "@opentelemetry/api";
import type { Span } from "bullmq";

/** A span of BullMQ's own housekeeping, of which nothing is told. */
export function createSilentSpan(onContext: (context: Context) => Context = (context) => context): Span<Context> {
  return {
    setSpanOnContext: onContext,
    setAttribute() {},
    setAttributes() {},
    addEvent() {},
    recordException() {},
    end() {},
  };
}
