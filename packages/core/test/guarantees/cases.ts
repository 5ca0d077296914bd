import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline as pipeStreams } from "node:stream/promises";
import { ReadableStream, TransformStream, WritableStream } from "node:stream/web";
import { setTimeout as delay } from "node:timers/promises";
import { kernel, runInside, stage, workflow } from "@runlight/core";

/** One row of the guarantee table: what a program does, and what telemetry must make of it. */
export interface GuaranteeCase {
  readonly row: string;
  readonly guarantee: string;
  /** Does the work and asserts that its own result is what it would be without telemetry. */
  readonly work: () => Promise<void> | void;
  /** Spans in the order they end, as `kind name outcome`, with `< parent` where there is one and `abandoned` where marked. */
  readonly spans: readonly string[];
  /** The named span must last at least this long, in milliseconds. */
  readonly lasts?: { readonly span: string; readonly ms: number };
  /** Exceptions told in records, each once. */
  readonly exceptions?: readonly string[];
}

const boom = (): Error => new Error("boom");

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
  {
    row: "generator",
    guarantee: "comes back as itself; lasts until it is done; its steps run inside",
    work() {
      const numbers = stage("s", function* () {
        yield kernel("k", () => 1);
        const end = Date.now() + 5;
        while (Date.now() < end);
        yield 2;
        return 3;
      });
      assert.equal(Object.prototype.toString.call(numbers), "[object Generator]");
      assert.deepEqual([...numbers], [1, 2]);
    },
    spans: ["kernel k success < s", "stage s success"],
    lasts: { span: "stage s", ms: 4 },
  },
  {
    row: "generator left early",
    guarantee: "ends at `break`; its `finally` runs",
    work() {
      let cleaned = false;
      for (const value of stage("s", function* () {
        try {
          yield 1;
          yield 2;
        } finally {
          cleaned = true;
        }
      })) {
        assert.equal(value, 1);
        break;
      }
      assert.equal(cleaned, true);
    },
    spans: ["stage s success"],
  },
  {
    row: "async generator",
    guarantee: "lasts until it is done; a failure inside fails it",
    async work() {
      const seen: number[] = [];
      const failing = stage("s", async function* () {
        await delay(10);
        yield 1;
        throw boom();
      });
      await assert.rejects(
        async () => {
          for await (const value of failing) seen.push(value);
        },
        { message: "boom" },
      );
      assert.deepEqual(seen, [1]);
    },
    spans: ["stage s failure"],
    lasts: { span: "stage s", ms: 9 },
    exceptions: ["Error: boom"],
  },
  {
    row: "Node stream",
    guarantee: "comes back as itself; ends when it closes",
    async work() {
      const stream = Readable.from(["a", "b"]);
      assert.equal(
        stage("s", () => stream),
        stream,
      );
      const chunks: string[] = [];
      await pipeStreams(
        stream,
        new Writable({
          objectMode: true,
          write(chunk: string, _encoding, done) {
            chunks.push(chunk);
            setTimeout(done, 5);
          },
        }),
      );
      assert.deepEqual(chunks, ["a", "b"]);
      await delay(1);
    },
    spans: ["stage s success"],
  },
  {
    row: "Node stream destroyed",
    guarantee: "fails with the stream's error; the error stays the listener's to handle",
    async work() {
      const stream = stage("s", () => new PassThrough());
      stream.destroy(boom());
      const [error] = (await once(stream, "error")) as [Error];
      assert.equal(error.message, "boom");
    },
    spans: ["stage s failure"],
    exceptions: ["Error: boom"],
  },
  {
    row: "web stream",
    guarantee: "comes back as itself; ends when it is read to its end, by any way out",
    async work() {
      const make = (): ReadableStream<number> =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(1);
            controller.close();
          },
        });
      const seen: number[] = [];
      for await (const value of stage("iterated", make)) seen.push(value);
      const reader = stage("read", make).getReader();
      assert.deepEqual(await reader.read(), { done: false, value: 1 });
      assert.deepEqual(await reader.read(), { done: true, value: undefined });
      await delay(1);
      await stage("piped", make).pipeThrough(new TransformStream<number, number>()).pipeTo(new WritableStream());
      const writer = stage("written", () => new WritableStream()).getWriter();
      await writer.close();
      await delay(1);
      assert.deepEqual(seen, [1]);
    },
    spans: ["stage iterated success", "stage read success", "stage piped success", "stage written success"],
  },
  {
    row: "event emitter",
    guarantee: "comes back as itself; ends at its `close`; an `error` nobody listens to still throws",
    work() {
      const emitter = new EventEmitter();
      assert.equal(
        stage("s", () => emitter),
        emitter,
      );
      emitter.emit("close");
      const silent = stage("t", () => new EventEmitter());
      assert.throws(() => silent.emit("error", boom()), { message: "boom" });
    },
    spans: ["stage s success", "stage t failure"],
    exceptions: ["Error: boom"],
  },
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
    row: "`using`",
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
];
