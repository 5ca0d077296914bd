import { events, lifecycleEvents, lifecyclePlace, promptEvents, spans, toldKinds } from "@runlight/conventions";
import { expect, test } from "vitest";

test("lifecycleEvents() hold every event of the registry that tells of an operation's life, each as its kind and moment", () => {
  const kinds = spans.map(({ kind }) => kind).join("|");
  const named = events
    .map(({ name }) => name)
    .filter((name) => new RegExp(`^(?:${kinds})\\.(?:started|completed|failed|lost)$`, "u").test(name));
  const listed = Object.values(lifecycleEvents).flatMap((moments) => Object.values(moments));
  expect(listed.filter((name) => name !== undefined).toSorted()).toEqual(named.toSorted());
  for (const [kind, moments] of Object.entries(lifecycleEvents))
    for (const [moment, name] of Object.entries(moments))
      if (name !== undefined) expect(name).toBe(`${kind}.${moment}`);
});

test("lifecyclePlace() knows the records of kinds that tell their start, and no others", () => {
  expect(toldKinds).toEqual(["workflow", "stage", "pipeline"]);
  expect(lifecyclePlace(lifecycleEvents.stage.lost)).toEqual({ kind: "stage", moment: "lost" });
  expect(lifecyclePlace(lifecycleEvents.kernel.failed)).toBeUndefined();
  expect(lifecyclePlace(undefined)).toBeUndefined();
});

test("promptEvents() hold every start and end that is told", () => {
  const told = toldKinds.flatMap((kind) => Object.values(lifecycleEvents[kind]));
  expect(told.filter((name) => name === undefined || !promptEvents.has(name))).toEqual([]);
  expect(promptEvents.size).toBe(told.length + 4);
});
