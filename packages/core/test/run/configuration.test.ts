import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Stage } from "../../src/operation/decorators.ts";
import { stage, workflow } from "../../src/operation/kinds.ts";
import { maxConfigurationLength, recordConfiguration } from "../../src/run/configuration.ts";
import { maxPlainDepth, maxPlainValues, plainValue } from "../../src/run/plain-value.ts";
import { createRecordingSink } from "../recording-sink.ts";

const configurationsIn = (sink: ReturnType<typeof createRecordingSink>) =>
  sink.records.filter((record) => record.eventName === "workflow.config");

test("recordConfiguration() writes the run's configuration and its hash, whatever the order of its keys", () => {
  using sink = createRecordingSink();
  const hashes = [
    { alpha: 1, grid: { step: 0.5, name: "fine" }, months: ["2001-01"] },
    { months: ["2001-01"], grid: { name: "fine", step: 0.5 }, alpha: 1 },
    { months: ["2001-01"], grid: { name: "fine", step: 0.5 }, alpha: 2 },
  ].map((configuration) => workflow("w", () => stage("load", () => recordConfiguration(configuration))));
  const text = '{"alpha":1,"grid":{"name":"fine","step":0.5},"months":["2001-01"]}';
  const hash = createHash("sha256").update(text).digest("hex");
  expect(hashes.slice(0, 2)).toEqual([hash, hash]);
  expect(hashes[2]).not.toBe(hash);
  const [first] = configurationsIn(sink);
  expect(first?.body).toEqual({ alpha: 1, grid: { name: "fine", step: 0.5 }, months: ["2001-01"] });
  expect(first?.attributes).toMatchObject({
    "workflow.definition.name": "w",
    "runlight.workflow.config.hash": hash,
  });
  // It is the run's, not the stage's.
  expect(first?.attributes).not.toHaveProperty("runlight.stage.name");
});

test("workflow() records the configuration it is given, once a run and before its work", () => {
  using sink = createRecordingSink();
  const configuration = { months: ["2001-01"], alpha: 1 };
  const hash = recordConfiguration(configuration);
  sink.records.length = 0;
  const nightly = workflow.wrap("w", { configuration }, () => stage("load", () => 42));
  expect([nightly(), nightly()]).toEqual([42, 42]);
  workflow.start("by hand", { configuration }).end();
  // What is no run has no configuration.
  Stage("load", { configuration })({}, "load", { value: () => 1 });
  stage("load", { configuration } as object, () => 1);
  expect(
    sink.records.flatMap(({ eventName, attributes, body }) =>
      eventName === "workflow.config" || eventName.endsWith(".started")
        ? [[eventName, attributes["runlight.operation.name"], attributes["runlight.workflow.config.hash"], body]]
        : [],
    ),
  ).toEqual([
    ["workflow.started", "w", undefined, "workflow w started"],
    ["workflow.config", undefined, hash, configuration],
    ["stage.started", "load", undefined, "stage load started"],
    ["workflow.started", "w", undefined, "workflow w started"],
    ["workflow.config", undefined, hash, configuration],
    ["stage.started", "load", undefined, "stage load started"],
    ["workflow.started", "by hand", undefined, "workflow by hand started"],
    ["workflow.config", undefined, hash, configuration],
    ["stage.started", "load", undefined, "stage load started"],
  ]);
  expect(new Set(configurationsIn(sink).map(({ attributes }) => attributes["workflow.execution.id"])).size).toBe(3);
});

test("workflow() runs whatever its configuration is", () => {
  using sink = createRecordingSink();
  const trap = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error("no");
      },
    },
  );
  expect(workflow("w", { configuration: trap }, () => 1)).toBe(1);
  expect(workflow("w", { configuration: null as never }, () => 2)).toBe(2);
  expect(workflow("w", { configuration: { keys: new Map([[Object.create(null), 1]]) } }, () => 3)).toBe(3);
  expect(configurationsIn(sink).map(({ body }) => body)).toEqual([
    { value: "[unreadable]" },
    { value: null },
    { keys: { "[unprintable]": 1 } },
  ]);
});

test("recordConfiguration() takes a long configuration by its hash and its short parts", () => {
  using sink = createRecordingSink();
  const whole = { a: 1, b: "x".repeat(maxConfigurationLength - '{"a":1,"b":""}'.length) };
  workflow("w", () => recordConfiguration(whole));
  workflow("w", () => recordConfiguration({ ...whole, b: `${whole.b}x` }));
  expect(configurationsIn(sink).map(({ body }) => body)).toEqual([whole, { a: 1, b: "[truncated]" }]);
});

test("recordConfiguration() never throws", () => {
  using sink = createRecordingSink();
  const circular: Record<string, unknown> = {
    when: new Date(0),
    big: 10n,
    f: () => 1,
    none: undefined,
    nan: Number.NaN,
  };
  circular["self"] = circular;
  Object.defineProperty(circular, "broken", {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });
  workflow("w", () => recordConfiguration(circular));
  workflow("w", () => recordConfiguration(undefined as never));
  expect(configurationsIn(sink).map(({ body }) => body)).toEqual([
    { big: "10", broken: "[unreadable]", nan: "NaN", self: "[circular]", when: "1970-01-01T00:00:00.000Z" },
    { value: null },
  ]);
});

test("plainValue() keeps a bounded depth and number of values", () => {
  const nested = (depth: number): unknown => (depth === 0 ? "end" : [nested(depth - 1)]);
  expect(JSON.stringify(plainValue(nested(maxPlainDepth)))).toContain("end");
  expect(JSON.stringify(plainValue(nested(maxPlainDepth + 1)))).toContain("[truncated]");
  const list = Array.from({ length: maxPlainValues }, (_, index) => index);
  expect(plainValue(list)).toEqual(list);
  expect((plainValue([...list, 1]) as unknown[]).at(-1)).toBe("[truncated]");
});
