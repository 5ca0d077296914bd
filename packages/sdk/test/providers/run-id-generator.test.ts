import { createHash } from "node:crypto";
import { ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { TracerProvider } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { createRunIdGenerator, traceIdOfRun } from "../../src/providers/run-id-generator.ts";

const runId = "20261122_142501-7f3a9c1e";

function setUp() {
  const generator = createRunIdGenerator();
  const tracer = new TracerProvider({ idGenerator: generator }).getTracer("test");
  return { generator, tracer };
}

test("traceIdOfRun() is the first half of the SHA-256 of the id", () => {
  const digest = createHash("sha256").update(runId).digest();
  expect(traceIdOfRun(runId)).toBe(digest.subarray(0, 16).toString("hex"));
});

test("createRunIdGenerator() gives an announced run's root span the run's trace id, and other roots a random one", () => {
  const { generator, tracer } = setUp();
  generator.announceRun(runId);
  const root = tracer.startSpan("root", {}, ROOT_CONTEXT).spanContext();
  const other = tracer.startSpan("other", {}, ROOT_CONTEXT).spanContext();
  expect(root.traceId).toBe(traceIdOfRun(runId));
  expect(other.traceId).not.toBe(root.traceId);
  expect(root.spanId).not.toBe(other.spanId);
});

test("createRunIdGenerator() forgets the announcement when the announced span has a parent", () => {
  const { generator, tracer } = setUp();
  const parent = tracer.startSpan("parent", {}, ROOT_CONTEXT);
  generator.announceRun(runId);
  const child = tracer.startSpan("child", {}, trace.setSpan(ROOT_CONTEXT, parent)).spanContext();
  const later = tracer.startSpan("later", {}, ROOT_CONTEXT).spanContext();
  expect(child.traceId).toBe(parent.spanContext().traceId);
  expect(later.traceId).not.toBe(traceIdOfRun(runId));
});
