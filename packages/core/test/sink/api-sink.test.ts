import { ROOT_CONTEXT, context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { kernel, stage } from "../../src/operation/kinds.ts";

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const theirs = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1, isRemote: true };

test("createApiSink() without a provider leaves what is inside in the context above", () => {
  const above = trace.setSpanContext(ROOT_CONTEXT, theirs);
  const inside = context.with(above, () =>
    stage("load", (operation) => [operation.spanContext, trace.getSpanContext(context.active()), operation.depth]),
  );
  expect(inside).toEqual([theirs, theirs, 0]);
});

test("createApiSink() tells operations from the moment that somebody registers a provider", () => {
  const ended: string[] = [];
  const processor: SpanProcessor = {
    onStart() {},
    onEnd: ({ name }) => void ended.push(name),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  stage("before", () => {});
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));
  stage("load", () => kernel("convolve", () => {}));
  expect(ended).toEqual(["kernel convolve", "stage load"]);
});
