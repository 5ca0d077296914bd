import { expect, test } from "vitest";
import { activeOperation, operationAttributes } from "../../src/context/active-operation.ts";
import { kernel, stage } from "../../src/operation/kinds.ts";
import { createRecordingSink } from "../recording-sink.ts";

const beside = { synchronous: true } as const;

test("kernel() with synchronous calls its body in the context around: what is inside belongs to that", () => {
  using sink = createRecordingSink();
  stage("fit", (fit) => {
    const value = kernel("outer", { ...beside, subject: "2001-01" }, (outer) => {
      expect(activeOperation()).toBe(fit);
      expect(operationAttributes()).toEqual({ "runlight.stage.name": "fit" });
      expect(outer.innerAttributes["runlight.subject.id"]).toBe("2001-01");
      return kernel("inner", (inner) => {
        expect(inner.parent).toBe(fit);
        return activeOperation() === inner;
      });
    });
    expect(value).toBe(true);
  });
  // A kernel that is entered is around what is inside it.
  kernel("entered", (entered) => kernel("within", (within) => expect(within.parent).toBe(entered)));
  expect(sink.closed).toEqual([
    "kernel inner success",
    "kernel outer success",
    "stage fit success",
    "kernel within success",
    "kernel entered success",
  ]);
  expect(sink.started.map(({ name, attributes }) => [name, attributes["runlight.subject.id"]])).toEqual([
    ["fit", undefined],
    ["outer", "2001-01"],
    ["inner", undefined],
    ["entered", undefined],
    ["within", undefined],
  ]);
});

test("kernel() with synchronous ends with what its body gives, later where that is later", async () => {
  using sink = createRecordingSink();
  const error = new RangeError("too small");
  expect(() =>
    kernel("throw", beside, () => {
      throw error;
    }),
  ).toThrow(error);
  const settling = Promise.withResolvers<number>();
  const promise = kernel("promise", beside, () => settling.promise);
  const numbers = kernel("generator", beside, function* () {
    yield 1;
  });
  expect(sink.closed).toEqual(["kernel throw failure"]);
  settling.resolve(42);
  expect(await promise).toBe(42);
  expect([...numbers]).toEqual([1]);
  expect(sink.closed).toEqual(["kernel throw failure", "kernel promise success", "kernel generator success"]);
});

test("wrap() with synchronous keeps `this`, name and length", () => {
  using sink = createRecordingSink();
  const object = {
    factor: 3,
    times: kernel.wrap("times", beside, function times(this: { factor: number }, n: number): number {
      expect(activeOperation()).toBe(undefined);
      return this.factor * n;
    }),
  };
  expect([object.times(2), object.times.name, object.times.length]).toEqual([6, "times", 1]);
  expect(sink.closed).toEqual(["kernel times success"]);
});
