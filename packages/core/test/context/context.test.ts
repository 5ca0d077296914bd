import { ROOT_CONTEXT, context, propagation, trace } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { operationAttributes } from "../../src/context/active-operation.ts";
import { withBindings } from "../../src/context/bound-attributes.ts";
import { setProcessContext } from "../../src/context/process-context.ts";
import { kernel, stage, workflow } from "../../src/operation/kinds.ts";
import { createRecordingSink } from "../recording-sink.ts";

const parent = { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1, isRemote: true };

test("withBindings() puts subject and correlation id on everything inside, across await, and on nothing outside", async () => {
  using sink = createRecordingSink();
  await workflow("w", async () => {
    await withBindings({ subject: "2001-01", correlationId: "req-1" }, async () => {
      await Promise.resolve();
      stage("in", () => kernel("k", () => undefined));
    });
    stage("out", () => undefined);
  });
  const subjects = sink.started.map(({ name, attributes }) => [
    name,
    attributes["runlight.subject.id"],
    attributes["runlight.correlation.id"],
  ]);
  expect(subjects).toEqual([
    ["w", undefined, undefined],
    ["in", "2001-01", "req-1"],
    ["k", "2001-01", "req-1"],
    ["out", undefined, undefined],
  ]);
});

test("withBindings() takes a binding away with undefined, and the innermost binding wins", () => {
  using sink = createRecordingSink();
  stage("s", { subject: "outer" }, () => {
    stage("t", { subject: "inner" }, () => kernel("k", () => undefined));
    withBindings({ subject: undefined }, () => kernel("l", () => undefined));
  });
  expect(sink.started.map(({ name, attributes }) => [name, attributes["runlight.subject.id"]])).toEqual([
    ["s", "outer"],
    ["t", "inner"],
    ["k", "inner"],
    ["l", undefined],
  ]);
});

test("operationAttributes() tell the run, stage and pipeline around the active context", () => {
  using _sink = createRecordingSink();
  expect(operationAttributes()).toEqual({});
  workflow("w", (run) =>
    stage("s", () => {
      expect(operationAttributes()).toEqual({
        "workflow.execution.id": run.run?.id,
        "workflow.definition.name": "w",
        "runlight.stage.name": "s",
      });
    }),
  );
});

test("workflow() puts its run into the baggage, and an operation elsewhere takes it up", () => {
  using sink = createRecordingSink();
  workflow("w", (run) => {
    const baggage = propagation.getBaggage(context.active());
    expect(baggage?.getEntry("workflow.execution.id")?.value).toBe(run.run?.id);
    const elsewhere = propagation.setBaggage(
      ROOT_CONTEXT,
      propagation.createBaggage(Object.fromEntries(baggage?.getAllEntries() ?? [])),
    );
    stage("remote", { parentContext: elsewhere }, () => undefined);
    expect(sink.started.at(-1)?.attributes).toMatchObject({
      "workflow.execution.id": run.run?.id,
      "workflow.definition.name": "w",
    });
  });
});

test("operationAttributes() take nothing from a stranger's baggage", () => {
  const stranger = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ "workflow.execution.id": { value: "x".repeat(5000) }, other: { value: "1" } }),
  );
  expect(operationAttributes(stranger)).toEqual({});
});

test("workflow() joins the trace that the process was started in and keeps a run id of its own", () => {
  using sink = createRecordingSink();
  const run = { id: "20260101_000000-0123abcd", name: "outer" };
  const baggage = propagation.createBaggage({
    "workflow.execution.id": { value: run.id },
    "workflow.definition.name": { value: run.name },
  });
  setProcessContext(propagation.setBaggage(trace.setSpanContext(ROOT_CONTEXT, parent), baggage));
  try {
    stage("s", () => undefined);
    expect(sink.started[0]?.attributes).toMatchObject({
      "workflow.execution.id": run.id,
      "workflow.definition.name": "outer",
    });
    workflow("w", (operation) => expect(operation.run?.id).not.toBe(run.id));
    expect(sink.parents.map((of) => trace.getSpanContext(of)?.spanId)).toEqual([parent.spanId, parent.spanId]);
  } finally {
    setProcessContext(ROOT_CONTEXT);
  }
});
