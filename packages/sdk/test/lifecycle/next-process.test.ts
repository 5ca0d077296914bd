import { startOtlpSink, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { runProgram, startProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

test.each(["exit-inside", "kill-inside"])(
  "initTelemetry() closes as lost what a process left open that ended by %s",
  async (how) => {
    using directory = temporaryDirectory();
    const env = { RUNLIGHT_DIRECTORY: directory.path };
    await runProgram("ending.ts", { args: [how], env });
    await runProgram("ending.ts", { args: ["natural"], env });
    const contents = readSpools(directory.path);
    const lost = contents.logRecords.filter((record) => record.eventName?.endsWith(".lost"));
    expect(lost.map((record) => record.eventName)).toEqual(["stage.lost", "workflow.lost"]);
    // In no order: spools begun within one second are listed by the ids of their processes, as texts.
    expect(contents.spools.map((spool) => spool.life).toSorted()).toEqual(["ended", "lost"]);
  },
);

test("initTelemetry() ships what a process could not ship that ended before", async () => {
  using directory = temporaryDirectory();
  await using sink = await startOtlpSink();
  const env = { RUNLIGHT_DIRECTORY: directory.path, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
  await sink.stop();
  await runProgram("ending.ts", { args: ["exit"], env });
  await sink.restart();
  await using _next = startProgram("ending.ts", { args: ["wait"], env });
  await sink.waitFor(({ spans }) => spans.filter((span) => span.name === "workflow job").length === 2);
});
