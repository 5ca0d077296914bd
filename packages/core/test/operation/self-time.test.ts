import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { kernel, pipeline, stage, workflow } from "../../src/operation/kinds.ts";
import type { Operation } from "../../src/operation/operation.ts";
import { createRecordingSink } from "../recording-sink.ts";
import type { RecordingSink } from "../recording-sink.ts";

/** Duration and own time by name, in seconds, of what ended. */
function times(sink: RecordingSink): ReadonlyMap<unknown, readonly [number, number]> {
  return new Map(
    sink.records
      .filter(({ eventName }) => /completed|failed/u.test(eventName))
      .map(({ attributes }) => [
        attributes["runlight.operation.name"],
        [attributes["runlight.operation.duration"] as number, attributes["runlight.operation.self_duration"] as number],
      ]),
  );
}

function lasted({ startTimeMs, durationSeconds }: Operation): readonly [number, number] {
  return [startTimeMs / 1000, startTimeMs / 1000 + durationSeconds];
}

test("stage() tells its own time: without what was open inside, at the same time counted once", async () => {
  using sink = createRecordingSink();
  const inside: Operation[] = [];
  await workflow("w", async () => {
    await delay(20);
    await stage("around", async () => {
      const first = stage.start("first");
      await delay(20);
      const second = pipeline.start("second");
      await delay(20);
      first.end();
      await delay(20);
      second.end();
      inside.push(first, second);
      await delay(20);
      await kernel("third", async (third: Operation) => {
        inside.push(third);
        await delay(20);
      });
    });
  });
  const told = times(sink);
  const [[firstStart], [, secondEnd], [thirdStart, thirdEnd]] = inside.map(lasted) as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  const covered = secondEnd - firstStart + (thirdEnd - thirdStart);
  const [around, aroundItself] = told.get("around") ?? [0, 0];
  expect(aroundItself).toBeCloseTo(around - covered, 5);
  expect(aroundItself).toBeGreaterThan(0.015);
  const [whole, itself] = told.get("w") ?? [0, 0];
  expect(itself).toBeCloseTo(whole - around, 5);
  for (const name of ["first", "second"]) {
    const [duration, own] = told.get(name) ?? [0, 0];
    expect(own).toBe(duration);
  }
});

test("stage() that ends with a child open is covered to its end", async () => {
  using sink = createRecordingSink();
  const around = stage.start("around");
  const child = stage.start("child", { parentContext: around.context });
  await delay(20);
  around.end();
  const [duration, own] = times(sink).get("around") ?? [0, 0];
  expect(own).toBeCloseTo(child.startTimeMs / 1000 - around.startTimeMs / 1000, 3);
  expect(duration - own).toBeGreaterThan(0.015);
});
