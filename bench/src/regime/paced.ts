import { monitorEventLoopDelay } from "node:perf_hooks";
import type { ChildAnswer } from "../measure/cell.ts";
import { startProcessorTime } from "./processor-time.ts";
import { pause, sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Operations at a steady rate, each timed: what a call costs at worst, and how long the event loop stands still. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const perSecond = setting(context, "perSecond");
  const subject = await context.startSubject();
  const work = (): void => {};
  let operations = 0;

  async function stretch(durationMs: number, callsUs: Float64Array): Promise<number> {
    const startMs = performance.now();
    let done = 0;
    for (let nowMs = startMs; nowMs < startMs + durationMs; nowMs = performance.now()) {
      const due = Math.min(callsUs.length, Math.floor(((nowMs - startMs) * perSecond) / 1000));
      for (; done < due; done++) {
        const calledMs = performance.now();
        subject.operate(work);
        callsUs[done] = (performance.now() - calledMs) * 1000;
      }
      await pause(1);
    }
    operations += done;
    return done;
  }

  const room = (ms: number): Float64Array => new Float64Array(Math.ceil((ms * perSecond) / 1000));
  const warmUpMs = setting(context, "warmUpMs");
  await stretch(warmUpMs, room(warmUpMs));
  const measureMs = setting(context, "measureMs");
  const callsUs = room(measureMs);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = performance.now();
  const since = startProcessorTime();
  const calls = await stretch(measureMs, callsUs);
  const { mainUs, processUs } = since();
  const elapsedUs = (performance.now() - startMs) * 1000;
  delay.disable();
  await subject.flush();
  const sorted = callsUs.subarray(0, calls).sort();
  const percentile = (share: number): number => sorted[Math.min(calls - 1, Math.floor(calls * share))] ?? Number.NaN;
  return {
    figures: {
      p50Us: percentile(0.5),
      p99Us: percentile(0.99),
      p999Us: percentile(0.999),
      maxUs: percentile(1),
      delayP99Ms: delay.percentile(99) / 1e6,
      delayMaxMs: delay.max / 1e6,
      mainPercent: (100 * mainUs) / elapsedUs,
      processPercent: (100 * processUs) / elapsedUs,
    },
    sent: sentBy(subject, operations),
  };
}
