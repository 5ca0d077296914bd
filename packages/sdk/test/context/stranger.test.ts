import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

const run = "20260101_000000-0123abcd";
const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

/** Headers that a stranger may have left in the environment. */
const strangers: readonly { readonly what: string; readonly env: Readonly<Record<string, string>> }[] = [
  {
    what: "a run id that is none",
    env: { BAGGAGE: "workflow.execution.id=../../etc/passwd,workflow.definition.name=x" },
  },
  { what: "a run id without end", env: { BAGGAGE: `workflow.execution.id=${run}${"0".repeat(7000)}` } },
  { what: "a run id with a line in it", env: { BAGGAGE: `workflow.execution.id=${run}%0Aforged` } },
  { what: "a broken escape", env: { BAGGAGE: "workflow.execution.id=%E0%A4%A,a=%,=,;;,," } },
  { what: "100 KB of entries", env: { BAGGAGE: Array.from({ length: 8000 }, (_, n) => `k${n}=v${n}`).join(",") } },
  { what: "one entry of 100 KB", env: { BAGGAGE: `k=${"v".repeat(100_000)}` } },
  { what: "a trace that is none", env: { TRACEPARENT: "00-zz-zz-01", TRACESTATE: "=,=", BAGGAGE: "\u0001" } },
  { what: "the trace of nobody", env: { TRACEPARENT: `00-${"0".repeat(32)}-${"0".repeat(16)}-01` } },
];

describe("initTelemetry() in a stranger's environment", () => {
  test.each(strangers)("initTelemetry() takes nothing over from $what", async ({ env }) => {
    using directory = temporaryDirectory();
    const result = await runProgram("bare.ts", { env: { ...env, RUNLIGHT_DIRECTORY: directory.path } });
    expect({ ...result, durationMs: 0 }).toMatchObject({ stdout: "42\n", stderr: "", exitCode: 0 });
    const { spans, logRecords, text } = readSpools(directory.path);
    const own = [...spans, ...logRecords].map(({ attributes }) => attributes["workflow.execution.id"]);
    // What is outside of the run is in none, what is inside in its own.
    const ids = new Set(own);
    expect(ids.size).toBe(2);
    expect(ids.has(undefined)).toBe(true);
    expect([...ids].filter((id) => id !== undefined)).toEqual([expect.stringMatching(/^\d{8}_\d{6}-[0-9a-f]{8}$/u)]);
    expect(spans.map(({ name }) => name)).toEqual(["stage alone", "stage load", "workflow job"]);
    expect(spans.filter(({ name }) => name !== "stage load").map(({ parentSpanId }) => parentSpanId)).toEqual([
      undefined,
      undefined,
    ]);
    expect(text).not.toMatch(/passwd|forged|v7999|vvvv/u);
  });

  test("initTelemetry() takes over a run and a trace that are sound, with a name that may be anything", async () => {
    using directory = temporaryDirectory();
    const name = encodeURIComponent(`<script>\n${"n".repeat(3000)}`);
    const env = {
      TRACEPARENT: traceparent,
      BAGGAGE: `workflow.execution.id=${run},workflow.definition.name=${name}`,
      RUNLIGHT_DIRECTORY: directory.path,
    };
    const { stdout, stderr, exitCode } = await runProgram("bare.ts", { env });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: "42\n", stderr: "", exitCode: 0 });
    const alone = readSpools(directory.path).spans.find((span) => span.name === "stage alone");
    expect(alone).toMatchObject({ traceId: "a".repeat(32), parentSpanId: "b".repeat(16) });
    expect(alone?.attributes["workflow.execution.id"]).toBe(run);
    expect(alone?.attributes["workflow.definition.name"]).toMatch(/^<script> n{191}… \[\d+ more\]$/u);
  });
});
