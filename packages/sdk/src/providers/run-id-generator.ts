import { createHash } from "node:crypto";
import type { IdGenerator } from "@opentelemetry/sdk-trace";
import { lazy } from "./lazy-providers.ts";
import { stockTraces } from "./stock-packages.ts";

/** An id generator that can be told of a run whose root span starts next. */
export interface RunIdGenerator extends IdGenerator {
  /** The span that starts next begins the trace of this run, unless it has a parent. */
  announceRun(runId: string): void;
}

/** The trace id of a run: the first 16 bytes of the SHA-256 of its id, in hexadecimal. */
export function traceIdOfRun(runId: string): string {
  return createHash("sha256").update(runId).digest("hex").slice(0, 32);
}

/** Random ids, except for the trace id of a run's root span. */
export function createRunIdGenerator(): RunIdGenerator {
  const random = lazy(() => new (stockTraces().RandomIdGenerator)());
  let announced: string | undefined;
  let current: string | undefined;
  return {
    announceRun(runId) {
      announced = runId;
    },
    // A tracer asks for the span id of every span first, and for a trace id only when the span has no parent.
    // So an announcement lives for one span: a trace id asked for later is another span's.
    generateSpanId() {
      current = announced;
      announced = undefined;
      return random.get().generateSpanId();
    },
    generateTraceId() {
      const runId = current;
      current = undefined;
      return runId === undefined ? random.get().generateTraceId() : traceIdOfRun(runId);
    },
  };
}
