import type { ChildAnswer } from "../measure/cell.ts";
import { startProcessorTime } from "./processor-time.ts";
import { pause, sentBy } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Importing and switching on, with the half second afterwards in which threads and timers come up. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const since = startProcessorTime();
  const startMs = performance.now();
  const subject = await context.startSubject();
  const startedMs = performance.now() - startMs;
  await pause(500);
  const { mainUs, processUs } = since();
  const residentBytes = process.memoryUsage.rss() - before.rss;
  globalThis.gc?.();
  const heapBytes = process.memoryUsage().heapUsed - before.heapUsed;
  await subject.flush();
  return {
    figures: {
      startedMs,
      mainMs: mainUs / 1000,
      processMs: processUs / 1000,
      residentMegabytes: residentBytes / 1e6,
      heapMegabytes: heapBytes / 1e6,
    },
    sent: sentBy(subject, 0),
  };
}
