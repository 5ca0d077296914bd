import type { ChildAnswer } from "../measure/cell.ts";
import { startProcessorTime } from "./processor-time.ts";
import { pause, sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Operations at the rate of a program that mostly waits: the share of a core that telemetry takes. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const subject = await context.startSubject();
  const everyMs = 1000 / setting(context, "perSecond");
  const work = (): void => {};
  let operations = 0;
  async function stretch(durationMs: number): Promise<void> {
    const startMs = performance.now();
    for (let next = everyMs; next <= durationMs; next += everyMs) {
      await pause(Math.max(0, startMs + next - performance.now()));
      subject.operate(work);
      operations += 1;
    }
  }
  await stretch(setting(context, "warmUpMs"));
  const startMs = performance.now();
  const since = startProcessorTime();
  await stretch(setting(context, "measureMs"));
  const { mainUs, processUs } = since();
  const elapsedUs = (performance.now() - startMs) * 1000;
  const residentMegabytes = process.memoryUsage.rss() / 1e6;
  await subject.flush();
  return {
    figures: {
      mainPercent: (100 * mainUs) / elapsedUs,
      processPercent: (100 * processUs) / elapsedUs,
      residentMegabytes,
    },
    sent: sentBy(subject, operations),
  };
}
