import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { kernel, runInside, stage, workflow } from "@runlight/core";
import { formCases } from "./form-cases.ts";
import type { GuaranteeCase } from "./guarantee-case.ts";
import { outsideCases } from "./outside-cases.ts";
import { streamCases } from "./stream-cases.ts";

const boom = (): Error => new Error("boom");

/** The guarantee table. */
export const cases: readonly GuaranteeCase[] = [
  {
    row: "synchronous return",
    guarantee: "stays synchronous; the value is untouched",
    work: () =>
      assert.equal(
        stage("s", () => 42),
        42,
      ),
    spans: ["stage s success"],
  },
  {
    row: "synchronous throw",
    guarantee: "the same error object is thrown synchronously",
    work() {
      const error = boom();
      assert.throws(
        () =>
          stage("s", () => {
            throw error;
          }),
        (thrown) => thrown === error,
      );
    },
    spans: ["stage s failure"],
    exceptions: ["Error: boom"],
  },
  {
    row: "promise fulfilled",
    guarantee: "ends when it settles, not when it is returned",
    async work() {
      assert.equal(
        await stage("s", async () => {
          await delay(20);
          return 42;
        }),
        42,
      );
    },
    spans: ["stage s success"],
    lasts: { span: "stage s", ms: 19 },
  },
  {
    row: "promise rejected",
    guarantee: "the same error object rejects",
    async work() {
      const error = boom();
      await assert.rejects(
        stage("s", () => Promise.reject(error)),
        (thrown) => thrown === error,
      );
    },
    spans: ["stage s failure"],
    exceptions: ["Error: boom"],
  },
  {
    row: "non-Error thrown",
    guarantee: "any value passes unchanged; its text is kept",
    async work() {
      assert.throws(
        () =>
          stage("s", () => {
            throw "plain text";
          }),
        (thrown) => thrown === "plain text",
      );
      await assert.rejects(
        stage("t", async () => {
          throw undefined;
        }),
        (thrown) => thrown === undefined,
      );
    },
    spans: ["stage s failure", "stage t failure"],
    exceptions: ["string: plain text", "undefined: undefined"],
  },
  {
    row: "AbortError",
    guarantee: "outcome `cancellation`",
    async work() {
      const controller = new AbortController();
      const waiting = stage("s", () => delay(10_000, undefined, { signal: controller.signal }));
      controller.abort();
      await assert.rejects(waiting, { name: "AbortError" });
    },
    spans: ["stage s cancellation"],
    exceptions: ["AbortError: The operation was aborted"],
  },
  {
    row: "timeout",
    guarantee: "outcome `timeout`",
    async work() {
      const signal = AbortSignal.timeout(5);
      const timedOut = stage(
        "s",
        () => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      );
      await assert.rejects(Promise.all([timedOut, delay(10)]), { name: "TimeoutError" });
    },
    spans: ["stage s timeout"],
    exceptions: ["TimeoutError: The operation was aborted due to timeout"],
  },
  ...streamCases,
  {
    row: "lazy thenable",
    guarantee: "comes back as itself; is not started by being looked at",
    async work() {
      let started = 0;
      const query = {
        // oxlint-disable-next-line unicorn/no-thenable -- a query builder is one
        then(resolve: (value: number) => void) {
          started += 1;
          setTimeout(() => resolve(42), 5);
        },
      };
      const returned = stage("s", () => query);
      assert.equal(returned, query);
      assert.equal(started, 0);
      assert.equal(await (returned as unknown as Promise<number>), 42);
      assert.equal(started, 1);
    },
    spans: ["stage s success"],
  },
  {
    row: "callback",
    guarantee: "only when asked: ends when the callback is called, its first argument the error",
    async work() {
      const read = stage.wrap(
        "s",
        { callback: true },
        (_path: string, done: (error: Error | null, text?: string) => void) =>
          void setTimeout(() => done(null, "text"), 5),
      );
      assert.equal(await new Promise((resolve) => read("path", (_error, text) => resolve(text))), "text");
      const fail = stage.wrap("t", { callback: true }, (done: (error: Error | null) => void) => done(boom()));
      fail((error) => assert.equal(error?.message, "boom"));
      const plain = stage.wrap("u", (done: () => void) => done);
      assert.equal(plain(plain as never), plain);
    },
    spans: ["stage s success", "stage t failure", "stage u success"],
    lasts: { span: "stage s", ms: 4 },
    exceptions: ["Error: boom"],
  },
  {
    row: "recursion",
    guarantee: "each call is a child of the one that called it",
    work() {
      const factorial = kernel.wrap("f", (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1)));
      assert.equal(factorial(3), 6);
    },
    spans: ["kernel f success < f", "kernel f success < f", "kernel f success"],
  },
  {
    row: "concurrency",
    guarantee: "siblings in `Promise.all` do not become each other's parents",
    async work() {
      await workflow("w", () =>
        Promise.all([
          stage("a", async () => {
            await delay(2);
            await stage("a1", () => delay(2));
          }),
          stage("b", async () => {
            await delay(12);
            await stage("b1", () => delay(2));
          }),
        ]),
      );
    },
    spans: [
      "stage a1 success < a",
      "stage a success < w",
      "stage b1 success < b",
      "stage b success < w",
      "workflow w success",
    ],
  },
  {
    row: "timers and microtasks",
    guarantee: "what is scheduled inside is a child of what scheduled it",
    async work() {
      await stage(
        "s",
        () =>
          new Promise<void>((resolve) => {
            setTimeout(
              () =>
                queueMicrotask(() => {
                  kernel("k", () => undefined);
                  resolve();
                }),
              2,
            );
          }),
      );
    },
    spans: ["kernel k success < s", "stage s success"],
  },
  ...outsideCases,
  {
    row: "one error through nested operations",
    guarantee: "every operation fails; the error is told once, by the innermost",
    async work() {
      await assert.rejects(
        workflow("w", () =>
          stage("a", async () =>
            stage("b", () => {
              throw boom();
            }),
          ),
        ),
        { message: "boom" },
      );
    },
    spans: ["stage b failure < a", "stage a failure < w", "workflow w failure"],
    exceptions: ["Error: boom"],
  },
  {
    row: "`start` and `end` by hand",
    guarantee: "a second `end` does nothing; the first outcome stays",
    work() {
      const operation = stage.start("s");
      assert.equal(
        runInside(operation, () => kernel("k", () => 1)),
        1,
      );
      operation.end();
      operation.fail(boom());
      operation.end("error");
      assert.equal(operation.outcome, "success");
    },
    spans: ["kernel k success < s", "stage s success"],
  },
  {
    row: "`using`, `await using`",
    guarantee: "ends with its block and never becomes the ambient parent",
    async work() {
      {
        using first = stage.start("first");
        await using second = stage.start("second");
        kernel("k", () => undefined);
        assert.equal(first.outcome ?? second.outcome, undefined);
      }
      kernel("after", () => undefined);
    },
    spans: ["kernel k success", "stage second success", "stage first success", "kernel after success"],
  },
  {
    row: "abandoned",
    guarantee: "an operation nobody ends, ends with its parent and is marked",
    async work() {
      await workflow("w", async () => {
        stage.start("forgotten");
        stage("unread", function* () {
          yield 1;
        });
      });
    },
    spans: ["stage forgotten success < w abandoned", "stage unread success < w abandoned", "workflow w success"],
  },
  {
    row: "`wrap`",
    guarantee: "keeps `this`, name, length and the kind of function",
    async work() {
      const object = {
        factor: 3,
        times: stage.wrap("s", function times(this: { factor: number }, n: number): number {
          return this.factor * n;
        }),
      };
      assert.equal(object.times(2), 6);
      assert.equal(object.times.name, "times");
      assert.equal(object.times.length, 1);
      const later = stage.wrap("t", async (n: number) => n + 1);
      assert.equal(await later(1), 2);
    },
    spans: ["stage s success", "stage t success"],
  },
  ...formCases,
];
