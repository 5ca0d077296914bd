import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { kernel, pipeline, stage, workflow } from "../../src/operation/kinds.ts";
import type { Operation } from "../../src/operation/operation.ts";
import type { Progress } from "../../src/operation/progress.ts";
import { maxAttributeLength } from "../../src/record/attributes.ts";
import { maxNameLength } from "../../src/record/operation-name.ts";
import { createRecordingSink } from "../recording-sink.ts";
import type { RecordingSink } from "../recording-sink.ts";

let sink: RecordingSink;
beforeEach(() => {
  sink = createRecordingSink();
});
afterEach(() => sink[Symbol.dispose]());

const huge = "x".repeat(10_000_000);

describe("stage() with a bad name", () => {
  test("stage() runs under any name, which is mended where it must be", () => {
    const names = [
      "",
      " \n ",
      huge,
      "load\n2001-01",
      42,
      undefined,
      null,
      Symbol("s"),
      Object.create(null),
    ] as string[];
    expect(names.map((name, index) => stage(name, () => index))).toEqual(names.map((_name, index) => index));
    expect(sink.started.map(({ name }) => name)).toEqual([
      "unnamed",
      "unnamed",
      `${"x".repeat(maxNameLength)}… [${maxNameLength * 3} more]`,
      "load 2001-01",
      "42",
      "undefined",
      "null",
      "Symbol(s)",
      "[unprintable]",
    ]);
  });

  test("stage() and what else has a name take one that is different each time", () => {
    const kinds = [workflow, stage, pipeline, kernel];
    let sum = 0;
    for (let id = 0; id < 4000; id += 1) sum += kinds[id % 4]?.(`sample 2001-01/${id}`, () => id) ?? 0;
    expect(sum).toBe((4000 * 3999) / 2);
    expect(sink.closed.length).toBe(4000);
    expect(new Set(sink.closed).size).toBe(4000);
  });
});

describe("stage() with bad attributes", () => {
  const circular: Record<string, unknown> = { n: 1 };
  circular["self"] = circular;
  const bad = {
    circular,
    big: 12n,
    huge,
    get trap(): never {
      throw new Error("no");
    },
    list: [circular, 1n, huge],
    toJSON: () => {
      throw new Error("no");
    },
  };
  const made = {
    circular: '{"n":1,"self":"[circular]"}',
    big: "12",
    huge: `${"x".repeat(maxAttributeLength)}… [${10_000_000 - maxAttributeLength} more]`,
    trap: "[getter threw: Error: no]",
  };

  test("stage() takes them at its start, later and at its end, and gives what its body gives", () => {
    const answer = {};
    expect(stage("load", { attributes: bad }, () => answer)).toBe(answer);
    stage.start("load").setAttributes(bad).end("success", bad);
    stage.start("load").fail(new Error("boom"), bad);
    expect(sink.started[0]?.attributes).toMatchObject(made);
    expect(sink.records.find(({ eventName }) => eventName === "stage.started")?.attributes).toMatchObject(made);
    expect(sink.ended.map(({ attributes }) => attributes["circular"])).toEqual([
      undefined,
      made.circular,
      made.circular,
    ]);
    expect(sink.ended[2]?.record?.attributes).toMatchObject(made);
  });

  test("stage() leaves out attributes that do not let themselves be looked at", () => {
    const closed = new Proxy(
      { rows: 1 },
      {
        ownKeys() {
          throw new Error("no");
        },
      },
    );
    expect(stage("load", { attributes: closed }, (load) => load.setAttributes(closed).name)).toBe("load");
    stage.start("load").end("success", closed);
    for (const { attributes } of sink.started) expect(attributes).not.toHaveProperty("rows");
  });

  test("stage() leaves out links that lead nowhere", () => {
    const link = { context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 } };
    stage("load", { links: [null, {}, { context: null }, link] as never }, () => {});
    stage("load", { links: "none" as never }, () => {});
    expect(sink.started.map(({ links }) => links)).toEqual([[link], []]);
  });

  test("stage() takes a subject and a correlation id of any kind and length", () => {
    const options = { subject: huge, correlationId: Object.create(null) as string };
    expect(stage("load", options, () => 1)).toBe(1);
    expect(sink.started[0]?.attributes).toMatchObject({
      "runlight.subject.id": `${"x".repeat(500)}… [9999500 more]`,
      "runlight.correlation.id": "[unprintable]",
    });
  });
});

describe("progress() and count() with bad numbers", () => {
  const progressOf = (progress: Progress): Progress | undefined =>
    stage("load", (load) => load.progress(progress)).lastProgress;

  test("progress() raises a total that is passed, and leaves one out that is none", () => {
    expect(progressOf({ done: 7, total: 5, unit: "row" })).toEqual({ done: 7, total: 7, unit: "row" });
    for (const total of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "5" as never])
      expect(progressOf({ done: 7, total })).toEqual({ done: 7 });
    expect(progressOf({ done: 1, unit: huge })?.unit).toBe(`${"x".repeat(50)}… [9999950 more]`);
  });

  test("progress() ignores what is done where it is no number from 0", () => {
    for (const done of [Number.NaN, -1, Number.POSITIVE_INFINITY, "7" as never, undefined as never])
      expect(progressOf({ done, total: 5 })).toBe(undefined);
    expect(sink.records.filter(({ eventName }) => eventName === "workflow.progress")).toEqual([]);
  });

  test("progress() ignores what is no progress", () => {
    const trap = {
      get done(): never {
        throw new Error("no");
      },
    };
    for (const progress of [null, undefined, 7, "half", trap] as never[]) expect(progressOf(progress)).toBe(undefined);
  });

  test("count() ignores what is no number from 0, and keeps the first unit", () => {
    const load: Operation = stage.start("load");
    for (const n of [Number.NaN, -1, Number.POSITIVE_INFINITY, "7" as never, undefined as never]) load.count(n);
    expect([load.items.processed, load.items.unit]).toEqual([0, "item"]);
    load.count(2, "row").count(3, huge).end();
    expect([load.items.processed, load.items.unit]).toEqual([5, "row"]);
  });
});
