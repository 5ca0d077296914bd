import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readFrames, shipSpools } from "@runlight/spool";
import { expect, test } from "vitest";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { startChild } from "./support/children.ts";
import { startReceiver } from "./support/receiver.ts";
import { logOf, temporaryRoot } from "./support/spools.ts";
import { until } from "./support/until.ts";

/** Kills at random moments; the seed of a failure is in its name. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const kills = 12;

/*
 * Appends prompt and batched records whose bodies count up, and prints each number after append() returned, with the times
 * in milliseconds before and after the call.
 * The requests are made beforehand by the encoder, so the child does nothing but append.
 */
const writer = `
  import { writeSync } from "node:fs";
  import { openSpool, defaultBounds, describeProcess } from "@runlight/spool";
  const [root, template, every] = process.argv.slice(1);
  const request = Buffer.from(template, "base64");
  const at = request.indexOf("00000000");
  const spool = openSpool({ root, bounds: { ...defaultBounds, maxSegmentBytes: 50_000 }, identity: describeProcess("child") });
  let number = 0;
  // A reader that has no time fills the pipe.
  function print(line) {
    for (;;) {
      try {
        return writeSync(1, line);
      } catch (error) {
        if (error.code !== "EAGAIN") throw error;
      }
    }
  }
  function step() {
    for (let index = 0; index < 5; index += 1) {
      const copy = Buffer.from(request);
      copy.write(String(number).padStart(8, "0"), at);
      const before = performance.now();
      spool.append("logs", copy, { urgency: number % Number(every) === 0 ? "prompt" : "batched", records: 1 });
      print(number + " " + before + " " + performance.now() + "\\n");
      number += 1;
    }
    setTimeout(step, 1);
  }
  step();
`;

test.for(Array.from({ length: kills }, (_, index) => index))(
  `append() keeps what it promised when its process is killed (kill %i, seed ${seed})`,
  async (index) => {
    const root = temporaryRoot();
    const random = mulberry(seed + index);
    const isPrompt = index % 2 === 0;
    const template = Buffer.from(logOf(`00000000${"x".repeat(100)}`)).toString("base64");
    const child = startChild(writer, [root, template, isPrompt ? "1" : "1000000"]);
    await until(() => child.lines.length > 0);
    await new Promise((resolve) => setTimeout(resolve, random() * 400));
    child.process.kill("SIGKILL");
    await child.ended;

    const printed = child.lines.map((line) => line.split(" ").map(Number) as [number, number, number]);
    const [, lastBefore] = printed.at(-1) ?? [0, 0, 0];
    const [directory] = readdirSync(root);
    const found = [...readFrames(join(root, directory ?? ""))].flatMap((frame) =>
      decodeLogs(frame.bytes).map((record) => Number(String(record.body).slice(0, 8))),
    );
    // Nothing is missing in between, and at the end only what was younger than the promised delay when the last call came:
    // each call looks at what waits, so a busy machine, which holds up timers, does not change that.
    expect(found).toEqual(Array.from({ length: found.length }, (_, number) => number));
    const promisedMs = isPrompt ? 10 : 100;
    const promised = printed.filter(([, , after]) => after <= lastBefore - promisedMs);
    expect(found.length).toBeGreaterThanOrEqual(promised.length);
  },
);

/** As above, and ships meanwhile. */
const shippingWriter = writer
  .replace("describeProcess }", "describeProcess, startShipper }")
  .replace(
    "let number =",
    "startShipper({ root, directory: spool.directory, endpoints: { logs: JSON.parse(endpoint) }, lingerMs: 5, pollIntervalMs: 5 });\n  let number =",
  )
  .replace("template, every]", "template, every, endpoint]");

test.for([0, 1, 2, 3])(
  `shipSpools() sends what a process killed while shipping left, nothing is missing (kill %i, seed ${seed})`,
  async (index) => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const random = mulberry(seed + 1000 + index);
    const template = Buffer.from(logOf(`00000000${"x".repeat(1000)}`)).toString("base64");
    const child = startChild(shippingWriter, [root, template, "10", JSON.stringify(receiver.endpoint("logs"))]);
    await until(() => receiver.arrivals.length > 2);
    await new Promise((resolve) => setTimeout(resolve, random() * 400));
    child.process.kill("SIGKILL");
    await child.ended;
    // What the dead process sent last may still be on its way through the system.
    await until(async () => (await receiver.connections()) === 0);
    const before = receiver.arrivals.length;
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ complete: true });
    const numbers = receiver.arrivals.map((arrival) =>
      decodeLogs(arrival.bytes).map((record) => Number(String(record.body).slice(0, 8))),
    );
    const [directory] = readdirSync(root);
    const kept = [...readFrames(join(root, directory ?? ""))].length;
    expect([...new Set(numbers.flat())].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: kept }, (_, number) => number),
    );
    // What the dead process sent was in order, and so is what the next one sends; only the request under way is sent twice.
    expect(numbers.slice(0, before).flat()).toEqual(
      numbers
        .slice(0, before)
        .flat()
        .toSorted((a, b) => a - b),
    );
    expect(numbers.slice(before).flat()).toEqual(
      numbers
        .slice(before)
        .flat()
        .toSorted((a, b) => a - b),
    );
  },
);

/** A small generator of random numbers that a seed repeats. Source: mulberry32, public domain. */
function mulberry(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
