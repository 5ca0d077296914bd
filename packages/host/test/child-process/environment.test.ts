import { ROOT_CONTEXT } from "@opentelemetry/api";
import { stage } from "@runlight/core";
import { runNode } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { childEnvironment } from "../../src/child-process/child-environment.ts";
import { execNode, inRun } from "./support/run-exec.ts";
import { startTelemetry } from "./support/telemetry.ts";
import type { Telemetry } from "./support/telemetry.ts";

const print =
  "const { TRACEPARENT, TRACESTATE, BAGGAGE, OTEL_EXPORTER_OTLP_ENDPOINT, OWN, HOME } = process.env; console.log(JSON.stringify({ TRACEPARENT, TRACESTATE, BAGGAGE, OTEL_EXPORTER_OTLP_ENDPOINT, OWN, HOME }))";

describe("exec() in its environment", () => {
  let telemetry: Telemetry;
  beforeEach(async () => {
    telemetry = await startTelemetry();
    process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318";
    process.env["TRACESTATE"] = "stale=1";
  });
  afterEach(async () => {
    delete process.env["OTEL_EXPORTER_OTLP_ENDPOINT"];
    delete process.env["TRACESTATE"];
    await telemetry[Symbol.asyncDispose]();
  });

  test("exec() gives the command its span, the run in baggage and the endpoint, and nothing stale", async () => {
    const [runId, result] = await inRun(async (id) => [
      id,
      await stage("fit", () => execNode(print, { env: { OWN: "1", HOME: undefined } })),
    ]);
    const { traceId, spanId } = await telemetry.span("pipeline node");
    expect(JSON.parse(result.stdout.tail)).toEqual({
      TRACEPARENT: `00-${traceId}-${spanId}-01`,
      BAGGAGE: `workflow.execution.id=${runId},workflow.definition.name=nightly`,
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
      OWN: "1",
    });
  });

  test("exec() gives a variable of the caller's no say over the trace", async () => {
    const result = await execNode(print, { env: { TRACEPARENT: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` } });
    const { traceId, spanId } = await telemetry.span("pipeline node");
    expect(JSON.parse(result.stdout.tail)).toMatchObject({ TRACEPARENT: `00-${traceId}-${spanId}-01` });
  });
});

describe("childEnvironment()", () => {
  test("childEnvironment() without a propagator passes on what this process was given", () => {
    const inherited = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
    expect(childEnvironment(ROOT_CONTEXT, { TRACEPARENT: inherited })["TRACEPARENT"]).toBe(inherited);
  });
});

describe("contextFromEnvironment()", () => {
  test("contextFromEnvironment() reads what exec() wrote, in another process", async () => {
    await using telemetry = await startTelemetry();
    const source = `
      import { propagation, trace } from "@opentelemetry/api";
      import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";
      import { contextFromEnvironment } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
      propagation.setGlobalPropagator(new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }));
      const given = contextFromEnvironment();
      console.log(JSON.stringify([trace.getSpanContext(given)?.spanId, propagation.getBaggage(given)?.getEntry("workflow.execution.id")?.value]));`;
    const [runId, result] = await inRun(async (id) => [id, await execNode(source, { cwd: import.meta.dirname })]);
    const { spanId } = await telemetry.span("pipeline node");
    expect(JSON.parse(result.stdout.tail)).toEqual([spanId, runId]);
  });
});

describe("exec() without an SDK", () => {
  test("exec() works, keeps no file and changes nothing", async () => {
    const source = `
      import { existsSync } from "node:fs";
      import { workflow } from "@runlight/core";
      import { exec } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
      const result = await workflow("bare", () => exec("sh", ["-c", "echo out; echo $TRACEPARENT"]));
      console.log(JSON.stringify([result.stdout.tail, result.outcome, result.logFile ?? null, existsSync(".runlight")]));`;
    const { stdout, stderr } = await runNode(["--input-type=module", "--eval", source], { cwd: import.meta.dirname });
    expect([stdout, stderr]).toEqual(['["out\\n\\n","success",null,false]\n', ""]);
  });
});
