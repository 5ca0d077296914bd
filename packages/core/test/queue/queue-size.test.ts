import { DiagLogLevel, diag } from "@opentelemetry/api";
import { waitUntil } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QueueCounts } from "../../src/queue/queue-size-instrument.ts";
import { observeQueueSize } from "../../src/queue/queue-size.ts";
import { observeTelemetry } from "./observed-telemetry.ts";

const often = { intervalMs: 100, timeoutMs: 10 };

let said: string[] = [];

beforeEach(() => {
  said = [];
  const quiet = (): void => undefined;
  const warn = (message: string): void => void said.push(message);
  diag.setLogger({ error: quiet, warn, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
});

afterEach(() => diag.disable());

describe("observeQueueSize()", () => {
  test("tells the counts of known states that are numbers of 0 or more", async () => {
    await using telemetry = observeTelemetry();
    const counts = { queued: 3, running: 0, failed: -1, delayed: Number.NaN, elsewhere: 5, paused: "2" };
    using _observation = observeQueueSize("paint", () => counts as unknown as QueueCounts);
    const points = await waitUntil(async () => {
      const found = await telemetry.points("runlight.queue.size");
      return found.length > 0 ? found : undefined;
    });
    expect(points).toEqual([
      { value: 3, attributes: { "runlight.operation.name": "paint", "runlight.queue.state": "queued" } },
      { value: 0, attributes: { "runlight.operation.name": "paint", "runlight.queue.state": "running" } },
    ]);
  });

  test("counts reads that fail, says the first of a row, and offers nothing until the next answer", async () => {
    await using telemetry = observeTelemetry();
    let reads = 0;
    using _observation = observeQueueSize(
      "paint",
      () => {
        reads += 1;
        if (reads === 1 || reads === 4) return { queued: reads };
        throw new Error("away");
      },
      often,
    );
    await waitUntil(() => reads === 3);
    expect(await telemetry.points("runlight.queue.size")).toEqual([]);
    expect(said).toEqual(["The size of queue paint cannot be read; it is asked again every 100 ms."]);
    await waitUntil(async () => (await telemetry.points("runlight.queue.size"))[0]?.value === 4);
    await waitUntil(() => said.length === 2);
    const [failures] = await telemetry.points("runlight.queue.read.failures");
    expect(failures?.attributes).toEqual({ "runlight.operation.name": "paint" });
    expect(failures?.value).toBeGreaterThanOrEqual(3);
  });

  test("asks a queue that does not answer once only, and counts each interval without an answer", async () => {
    await using telemetry = observeTelemetry();
    let reads = 0;
    const never = new Promise<QueueCounts>(() => undefined);
    using _observation = observeQueueSize(
      "paint",
      () => {
        reads += 1;
        return never;
      },
      often,
    );
    await waitUntil(async () => Number((await telemetry.points("runlight.queue.read.failures"))[0]?.value) >= 2);
    expect(reads).toBe(1);
    expect(said).toHaveLength(1);
  });

  test("ends when the queue is no longer there", async () => {
    let reads = 0;
    observeQueueSize("paint", () => void (reads += 1), often);
    using _other = observeQueueSize("clock", () => ({ queued: reads }), often);
    await waitUntil(() => reads === 1);
    await using telemetry = observeTelemetry();
    // Told to the provider that came later, by the queue still there.
    await waitUntil(async () => (await telemetry.points("runlight.queue.size")).length === 1);
    expect(reads).toBe(1);
    expect(said).toEqual([]);
  });

  test.for([
    ["intervalMs", 99, "from 100 to 3600000"],
    ["intervalMs", 3_600_001, "from 100 to 3600000"],
    ["timeoutMs", 9, "from 10 to 60000"],
    ["timeoutMs", Number.NaN, "from 10 to 60000"],
  ] as const)("refuses %s of %d", ([option, value, range]) => {
    expect(() => observeQueueSize("paint", () => ({}), { [option]: value })).toThrow(
      new RangeError(`Cannot observe queue: options.${option} must be a number ${range}, current value is ${value}`),
    );
  });
});
