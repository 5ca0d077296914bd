import { expect, test } from "vitest";
import { activeOperation } from "../../src/context/active-operation.ts";
import { defineWorkflow } from "../../src/operation/define-workflow.ts";
import { createRecordingSink } from "../recording-sink.ts";

test("defineWorkflow() runs nothing until it is called, and tells its definition", () => {
  using sink = createRecordingSink();
  const nightly = defineWorkflow({ name: "nightly", schedule: "0 2 * * *" }, () => 1);
  expect(nightly.definition).toEqual({ name: "nightly", schedule: "0 2 * * *" });
  expect(Object.isFrozen(nightly.definition)).toBe(true);
  expect(sink.started).toEqual([]);
});

test("defineWorkflow() gives a function whose every call is a run", async () => {
  using sink = createRecordingSink();
  const nightly = defineWorkflow({ name: "nightly" }, async function fold(from: number, to: number) {
    expect(activeOperation()?.name).toBe("nightly");
    await Promise.resolve();
    return from + to;
  });
  expect([nightly.name, nightly.length]).toEqual(["fold", 2]);
  expect(await nightly(1, 2)).toBe(3);
  expect(sink.started.map(({ kind, name }) => [kind, name])).toEqual([["workflow", "nightly"]]);
  expect(sink.ended.map(({ outcome }) => outcome)).toEqual(["success"]);
});
