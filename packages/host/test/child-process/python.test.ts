import { fileURLToPath } from "node:url";
import { stage } from "@runlight/core";
import { expect, test } from "vitest";
import { exec } from "../../src/child-process/exec.ts";
import { pythonTimeoutMs, pythonWithOpenTelemetry } from "./support/python.ts";
import { inRun } from "./support/run-exec.ts";
import { startTelemetry } from "./support/telemetry.ts";

const program = fileURLToPath(new URL("programs/fit.py", import.meta.url));

test(
  "exec() lets a Python program with OpenTelemetry's own SDK join the trace and the run",
  { timeout: pythonTimeoutMs + 30_000 },
  async (context) => {
    const python = await pythonWithOpenTelemetry();
    if ("missing" in python) return context.skip(true, python.missing);
    await using telemetry = await startTelemetry();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: telemetry.sink.url };
    const [runId, result] = await inRun(async (id) => [
      id,
      await stage("fit", () => exec(python.path, [program], { env, name: "fit.py", logFile: false })),
    ]);
    expect([result.stdout.tail, result.stderr.tail]).toEqual(["fitted\n", ""]);
    const pipeline = await telemetry.span("pipeline fit.py");
    const minimize = await telemetry.span("minimize");
    expect([minimize.traceId, minimize.parentSpanId]).toEqual([pipeline.traceId, pipeline.spanId]);
    expect(minimize.attributes).toEqual({ "workflow.execution.id": runId, "workflow.definition.name": "nightly" });
    expect(minimize.resource).toMatchObject({ "service.name": "fit.py", "telemetry.sdk.language": "python" });
  },
);
