import { expect, test } from "vitest";
import { workflow } from "../../src/operation/kinds.ts";
import { retry } from "../../src/retry/retry.ts";
import { createRecordingSink } from "../recording-sink.ts";

const soon = { minDelayMs: 1, maxDelayMs: 2, jitter: false };

test("retry() tries again until it succeeds, each attempt a child with its number", async () => {
  using sink = createRecordingSink();
  const result = await workflow("w", () =>
    retry("fetch", { ...soon, attempts: 5 }, (_attempt, number) => {
      if (number < 3) throw new TypeError("not yet");
      return number;
    }),
  );
  expect(result).toBe(3);
  expect(sink.closed).toEqual([
    "stage fetch attempt failure",
    "stage fetch attempt failure",
    "stage fetch attempt success",
    "stage fetch success",
    "workflow w success",
  ]);
  expect(
    sink.started
      .filter((start) => start.name === "fetch attempt")
      .map((start) => start.attributes["runlight.operation.attempt"]),
  ).toEqual([1, 2, 3]);
  expect(sink.records.filter((record) => record.eventName === "recovery.retried").length).toBe(2);
  expect(sink.counts.map((count) => count.attributes["runlight.operation.outcome"])).toEqual([
    "failure",
    "failure",
    "success",
  ]);
});

test("retry() rejects with what the last attempt threw, error or not, and tells it once", async () => {
  using sink = createRecordingSink();
  await expect(retry("fetch", { ...soon, attempts: 2 }, () => Promise.reject("plain"))).rejects.toBe("plain");
  expect(sink.records.filter((record) => record.eventName === "recovery.exhausted").length).toBe(1);
});

test("retry() applies the strategy of the error's class", async () => {
  using sink = createRecordingSink();
  const mended: number[] = [];
  const strategies = [
    { name: "give up on ranges", error: RangeError, action: "give-up" },
    {
      name: "free memory",
      error: (error: unknown) => error === "full",
      action: (_error: unknown, attempt: number) => void mended.push(attempt),
    },
  ] as const;
  await expect(
    retry("fit", { ...soon, attempts: 9, strategies }, (_attempt, number) => {
      throw number < 3 ? "full" : new RangeError("singular");
    }),
  ).rejects.toThrow(new RangeError("singular"));
  expect(mended).toEqual([1, 2]);
  expect(
    sink.records
      .filter((record) => record.eventName === "recovery.applied")
      .map((record) => record.attributes["runlight.recovery.strategy"]),
  ).toEqual(["free memory", "free memory"]);
});

test("retry() does not try again after a cancellation", async () => {
  using sink = createRecordingSink();
  const controller = new AbortController();
  const waiting = retry("fetch", { ...soon, attempts: 9 }, () => {
    controller.abort();
    controller.signal.throwIfAborted();
  });
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(sink.closed).toEqual(["stage fetch attempt cancellation", "stage fetch cancellation"]);
});

test.each([0, 1001, 1.5, Number.NaN])("retry() refuses %d attempts", async (attempts) => {
  await expect(retry("fetch", { attempts }, () => 1)).rejects.toThrow(
    new RangeError(
      `Cannot retry: options.attempts must be a whole number from 1 to 1000, current value is ${attempts}`,
    ),
  );
});

test.each([
  ["factor", { factor: 0.5 }, "Cannot retry: options.factor must be a number from 1 to 100, current value is 0.5"],
  [
    "maxDelayMs",
    { minDelayMs: 10, maxDelayMs: 5 },
    "Cannot retry: options.maxDelayMs must be a number from 10 to 86400000, current value is 5",
  ],
])("retry() refuses %s out of range", async (_name, options, message) => {
  await expect(retry("fetch", options, () => 1)).rejects.toThrow(new RangeError(message));
});

test("retry() makes as many attempts as its bounds say, the first and the last accepted", async () => {
  using sink = createRecordingSink();
  for (const attempts of [1, 1000]) {
    let made = 0;
    const failing = retry("fetch", { ...soon, attempts }, (_attempt, number) => {
      made = number;
      throw new Error("down");
    });
    await expect(failing).rejects.toThrow(new Error("down"));
    expect(made).toBe(attempts);
  }
  const told = sink.records.filter(({ eventName }) => eventName === "recovery.exhausted");
  expect(told.length).toBe(2);
});

test("retry() rejects with what was thrown, whatever that is", async () => {
  using sink = createRecordingSink();
  for (const thrown of [undefined, null, "text", 0, Object.create(null)] as const) {
    const failing = retry("fetch", { ...soon, attempts: 2 }, () => {
      throw thrown;
    });
    expect(
      await failing.then(
        () => "none",
        (error: unknown) => ({ error }),
      ),
    ).toEqual({ error: thrown });
  }
  expect(sink.closed.filter((line) => line === "stage fetch failure").length).toBe(5);
});
