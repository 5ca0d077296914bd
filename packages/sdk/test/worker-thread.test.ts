import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { runProgram } from "./support/program.ts";
import { readSpools } from "./support/read-spool.ts";

describe("initTelemetry() in a worker thread", () => {
  test.each([
    { how: "natural", printed: "worker ended with 0\n" },
    { how: "exit", printed: "worker ended with 6\n" },
    { how: "throw", printed: "worker failed: boom\nworker ended with 1\n" },
  ])("that ends by $how has a spool of its own, kept whole", async ({ how, printed }) => {
    using directory = temporaryDirectory();
    const { stdout, stderr, exitCode } = await runProgram("worker.ts", {
      env: { RUNLIGHT_DIRECTORY: directory.path, WORKER: how },
    });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: printed, stderr: "", exitCode: 0 });
    const contents = readSpools(directory.path);
    expect(contents.spools.map((spool) => spool.life)).toEqual(["ended", "ended"]);
    expect(contents.logRecords.map((record) => record.body)).toEqual(
      expect.arrayContaining(["from the main thread", "from the worker thread"]),
    );
    expect(contents.spans.map((span) => span.name).toSorted()).toEqual([
      "stage load",
      "stage load",
      "workflow main",
      "workflow worker",
    ]);
    const instances = contents.resources.map((resource) => String(resource["service.instance.id"]));
    expect(instances.length).toBe(2);
    expect(instances.toSorted()[1]).toBe(`${instances.toSorted()[0]}-1`);
    expect(contents.logRecords.filter((record) => record.eventName === "exception").length).toBe(
      how === "throw" ? 1 : 0,
    );
  });
});
