import type { ChildAnswer } from "../measure/cell.ts";
import { sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Operations without one turn of the event loop in between, then a flush: what is lost, and how much waits in memory. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const operations = setting(context, "operations");
  const subject = await context.startSubject();
  const work = (): void => {};
  globalThis.gc?.();
  const residentBytes = process.memoryUsage.rss();
  let mostBuffered = 0;
  let boundBytes = Number.NaN;
  const startMs = performance.now();
  for (let index = 0; index < operations; index++) {
    subject.operate(work);
    if (index % 1000 !== 0 || subject.buffered === undefined) continue;
    const buffered = subject.buffered();
    mostBuffered = Math.max(mostBuffered, buffered.sizeBytes);
    boundBytes = buffered.boundBytes;
  }
  const burstMs = performance.now() - startMs;
  const grownBytes = process.memoryUsage.rss() - residentBytes;
  await subject.flush();
  return {
    figures: {
      burstMs,
      grownMegabytes: grownBytes / 1e6,
      bufferedMegabytes: subject.buffered === undefined ? Number.NaN : mostBuffered / 1e6,
      bufferedShare: mostBuffered / boundBytes,
    },
    sent: sentBy(subject, operations),
  };
}
