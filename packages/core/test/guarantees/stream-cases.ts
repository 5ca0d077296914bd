import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline as pipeStreams } from "node:stream/promises";
import { ReadableStream, TransformStream, WritableStream } from "node:stream/web";
import { setTimeout as delay } from "node:timers/promises";
import { kernel, stage } from "@runlight/core";
import type { GuaranteeCase } from "./guarantee-case.ts";

const boom = (): Error => new Error("boom");

/** Generators, streams and event emitters: what is done later than it is returned. */
export const streamCases: readonly GuaranteeCase[] = [
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
    row: "stream or child that is done",
    guarantee: "ends at once, as it ended",
    async work() {
      const read = Readable.from([]).resume();
      await once(read, "close");
      assert.equal(
        stage("s", () => read),
        read,
      );
      const broken = new PassThrough().on("error", () => undefined).destroy(boom());
      await new Promise((resolve) => broken.once("close", resolve));
      stage("t", () => broken);
      const [well, badly, killed] = [spawn("true"), spawn("false"), spawn("sleep", ["60"])];
      killed.kill();
      await Promise.all([well, badly, killed].map((child) => once(child, "close")));
      stage("u", () => well);
      stage("v", () => badly);
      stage("w", () => killed);
    },
    spans: ["stage s success", "stage t failure", "stage u success", "stage v failure", "stage w error"],
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
];
