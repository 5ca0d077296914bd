import type { Outcome } from "@runlight/conventions/names";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { kernel, pipeline, stage, workflow } from "../../src/operation/kinds.ts";
import { outcomeOf } from "../../src/operation/outcome.ts";
import { createRecordingSink } from "../recording-sink.ts";
import type { RecordingSink } from "../recording-sink.ts";

let sink: RecordingSink;
beforeEach(() => {
  sink = createRecordingSink();
});
afterEach(() => sink[Symbol.dispose]());

describe("end()", () => {
  test("end() puts its attributes on the span and on the ended record", () => {
    pipeline.start("fit").end("skip", { rows: 42, big: 2n ** 70n, dropped: undefined });
    const [end] = sink.ended;
    expect(end?.attributes).toMatchObject({ rows: 42, big: "1180591620717411303424" });
    expect(end?.record?.eventName).toBe("pipeline.completed");
    expect(end?.record?.attributes).toMatchObject({
      "runlight.operation.outcome": "skip",
      rows: 42,
      big: "1180591620717411303424",
    });
    expect(end?.record?.attributes).not.toHaveProperty(["dropped"]);
  });

  test("end() leaves the end of a command's output to the record", () => {
    pipeline.start("fit").end("failure", { "runlight.process.stderr.tail": "boom", "process.exit.code": 3 });
    const [end] = sink.ended;
    expect(end?.attributes).toMatchObject({ "process.exit.code": 3 });
    expect(end?.attributes).not.toHaveProperty(["runlight.process.stderr.tail"]);
    expect(end?.record?.attributes["runlight.process.stderr.tail"]).toBe("boom");
  });

  test("end() of a kernel that ended well tells its attributes too, and writes no record", () => {
    kernel.start("norm").end("success", { size: 8 });
    expect(sink.ended).toMatchObject([
      { attributes: { "runlight.operation.outcome": "success", size: 8 }, record: undefined },
    ]);
  });

  test("end() a second time adds nothing", () => {
    const operation = stage.start("load");
    operation.end("success", { first: true });
    operation.end("failure", { second: true });
    operation.fail(new Error("late"), { second: true });
    expect(
      sink.ended.map(({ outcome, attributes }) => [outcome, "first" in attributes, "second" in attributes]),
    ).toEqual([["success", true, false]]);
  });

  test("end() survives attributes that throw", () => {
    const trap = {
      get trap(): never {
        throw new Error("no");
      },
    };
    stage.start("load").end("success", trap);
    stage.start("load").fail(new Error("boom"), trap);
    expect(sink.ended.map(({ attributes }) => attributes["trap"])).toEqual([
      "[getter threw: Error: no]",
      "[getter threw: Error: no]",
    ]);
  });
});

describe("fail()", () => {
  test("fail() puts its attributes beside the exception, which they cannot replace", () => {
    stage.start("load").fail(new TypeError("no column gate"), { rows: 7, "exception.message": "mine" });
    expect(sink.ended[0]?.attributes).toMatchObject({ "runlight.operation.outcome": "failure", rows: 7 });
    expect(sink.ended[0]?.record?.attributes).toMatchObject({
      rows: 7,
      "error.type": "TypeError",
      "exception.message": "no column gate",
    });
  });
});

describe("outcomeOf()", () => {
  test("outcomeOf() takes an error's own outcome, in each operation it passes through", () => {
    const killed = Object.assign(new Error("killed"), { outcome: "error" });
    expect(() =>
      workflow("nightly", () =>
        stage("fit", () => {
          throw killed;
        }),
      ),
    ).toThrow(killed);
    expect(sink.closed).toEqual(["stage fit error", "workflow nightly error"]);
  });

  test("outcomeOf() takes only what an error can end in", () => {
    const said = (outcome: unknown): Outcome => outcomeOf(Object.assign(new Error("x"), { outcome }));
    expect(["cancellation", "error", "failure", "timeout"].map(said)).toEqual([
      "cancellation",
      "error",
      "failure",
      "timeout",
    ]);
    expect(["success", "skip", "ERROR", "", 1, {}, null, undefined].map(said)).toEqual(Array(8).fill("failure"));
  });

  test("outcomeOf() puts an error's own outcome before its name, and its name before its code", () => {
    const own = Object.assign(new Error("x"), { name: "AbortError", outcome: "timeout" });
    const named = Object.assign(new Error("x"), { name: "TimeoutError", code: "ENOSPC", outcome: "none" });
    const coded = Object.assign(new Error("x"), { code: "ENOSPC" });
    expect([own, named, coded].map((error) => outcomeOf(error))).toEqual(["timeout", "timeout", "error"]);
  });

  test("outcomeOf() calls an error a failure that does not let itself be read", () => {
    const trap = new Proxy(new Error("x"), {
      get() {
        throw new Error("no");
      },
    });
    expect([outcomeOf(trap), outcomeOf("text"), outcomeOf(null), outcomeOf({ outcome: "timeout" })]).toEqual([
      "failure",
      "failure",
      "failure",
      "timeout",
    ]);
  });
});
