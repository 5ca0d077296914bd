import { attributes, events, metrics, resource, spans } from "@runlight/conventions";
import type { MetricAttributes } from "@runlight/conventions/names";
import { expect, test } from "vitest";

const byName = new Map(attributes.map((entry) => [entry.name, entry]));

test.each([
  ["attributes", attributes.map((entry) => entry.name)],
  ["events", events.map((entry) => entry.name)],
  ["metrics", metrics.map((entry) => entry.name)],
  ["resource", resource.map((entry) => entry.name)],
  ["spans", spans.map((entry) => entry.kind)],
])("%s() name nothing twice", (_list, names) => {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("spans(), events() and metrics() use only attributes of the registry", () => {
  const used = [...spans, ...events, ...metrics].flatMap((entry) => entry.attributes);
  expect(used.filter((name) => !byName.has(name))).toEqual([]);
});

test("metrics() carry no attribute that grows with the number of runs, but the one that names the active runs", () => {
  const unbounded = metrics.flatMap(({ name, attributes: carried }) =>
    carried.filter((attribute) => byName.get(attribute)?.unbounded === true).map((attribute) => `${name} ${attribute}`),
  );
  expect(unbounded).toEqual(["runlight.run.info workflow.execution.id"]);
});

test("metrics() have buckets exactly where they are histograms, and the buckets grow", () => {
  for (const { name, instrument, buckets } of metrics) {
    expect(buckets !== undefined, name).toBe(instrument === "histogram");
    expect(
      buckets?.toSorted((a, b) => a - b),
      name,
    ).toEqual(buckets);
  }
});

test("names() outside the semantic conventions and their workflow proposal stand under runlight.", () => {
  const named = [...attributes, ...metrics];
  const astray = named.filter(
    ({ name, source }) => (source === "runlight") !== /^(?:runlight|workflow\.trigger)\./u.test(name),
  );
  expect(astray.map(({ name }) => name)).toEqual([]);
});

test("MetricAttributes() take bounded attributes and refuse ids", () => {
  const good: MetricAttributes = { "workflow.definition.name": "w", "runlight.operation.outcome": "success" };
  // @ts-expect-error an id is no metric attribute
  const id: MetricAttributes = { "workflow.execution.id": "20261122_142501-7f3a9c1e" };
  // @ts-expect-error an outcome is one of a closed list
  const outcome: MetricAttributes = { "runlight.operation.outcome": "fine" };
  expect([good, id, outcome].length).toBe(3);
});
