import { metrics } from "@opentelemetry/api";
import type { ChildAnswer } from "../measure/cell.ts";
import { nothing, turn } from "../subject/subject.ts";
import { setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

const instruments = 10;

/** Collecting many series of a user's own histograms: the longest stretch in which the event loop stands still. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const perInstrument = Math.ceil(setting(context, "series") / instruments);
  const subject = await context.startSubject();
  const meter = metrics.getMeter("bench");
  const histograms = Array.from({ length: instruments }, (_, index) =>
    meter.createHistogram(`bench.histogram.${index}`),
  );
  const blocksMs: number[] = [];
  const warmUps = 2;
  for (let round = 0; round < warmUps + 3; round++) {
    for (const histogram of histograms) {
      for (let index = 0; index < perInstrument; index++)
        histogram.record(0.01 * index, { "bench.region": "eu-west", "bench.part": index });
    }
    const blockMs = await longestStandstill(subject.flush());
    if (round >= warmUps) blocksMs.push(blockMs);
  }
  return { figures: { blockMs: Math.max(...blocksMs) }, sent: nothing };
}

async function longestStandstill(action: Promise<void>): Promise<number> {
  let isDone = false;
  const done = action.finally(() => (isDone = true));
  let longestMs = 0;
  let lastMs = performance.now();
  while (!isDone) {
    await turn();
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }
  await done;
  return longestMs;
}
