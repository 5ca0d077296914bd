import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { maxTextLength } from "../src/redaction/secret-texts.ts";
import { lastLine, runProgram } from "./support/program.ts";
import { readSpools } from "./support/read-spool.ts";

/** A text of 10 MB cut to a length, marked with what is missing. */
const cut = (length: number): string => `${"x".repeat(length)}… [${10_000_000 - length} more]`;

test("initTelemetry() cuts attributes, names and texts of 10 MB and marks the cuts, on both lanes", async () => {
  for (const fastLane of ["true", "false"]) {
    using directory = temporaryDirectory();
    const env = { RUNLIGHT_DIRECTORY: directory.path, RUNLIGHT_FAST_LANE: fastLane };
    const { stdout, stderr, exitCode } = await runProgram("huge.ts", { env });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(lastLine(stdout)).toEqual({ answer: 42, message: 10_000_000, dropped: [{}, {}] });

    const { spans, logRecords, text } = readSpools(directory.path);
    expect(text.length).toBeLessThan(3_000_000);
    const load = spans.find(({ name }) => name === "stage load")?.attributes;
    expect(load?.["huge"]).toBe(cut(8192));
    expect(load?.["later"]).toBe(cut(8192));
    expect(load?.["runlight.subject.id"]).toBe(cut(500));
    const named = spans.filter(({ name }) => name.startsWith("stage x"));
    expect(named.map(({ name }) => name)).toEqual([`stage ${"x".repeat(200)}… [600 more]`]);
    const started = logRecords.find(({ eventName }) => eventName === "stage.started");
    expect(started?.attributes["huge"]).toBe(cut(8192));
    const failed = logRecords.find(({ eventName }) => eventName === "stage.failed");
    expect(failed?.attributes["exception.message"]).toBe(cut(4096));
    // What others write has their length, as far as redaction looks at it.
    const theirs = [
      spans.find(({ name }) => name === "their span")?.attributes["huge"],
      ...logRecords.flatMap(({ body, attributes }) =>
        "huge" in attributes && !("runlight.operation.kind" in attributes) ? [body, attributes["huge"]] : [],
      ),
    ];
    expect(theirs.length).toBe(3);
    for (const one of theirs) expect(one).toBe(`${"x".repeat(maxTextLength)} [cut: 9737856 more characters]`);
    expect(logRecords.some(({ body }) => body === "their small line")).toBe(true);
  }
});
