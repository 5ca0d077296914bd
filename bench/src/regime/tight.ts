import type { ChildAnswer } from "../measure/cell.ts";
import { runChunks } from "./chunks.ts";
import { startProcessorTime } from "./processor-time.ts";
import { pause, sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Operations around nothing, one after the other: what an operation costs when everything is warm. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const maxOperations = setting(context, "maxOperations");
  const subject = await context.startSubject();
  const work = (): void => {};
  const warm = await runChunks(subject, work, { processorMs: setting(context, "warmUpMs"), maxOperations });
  // A subject that cannot go on after a flush is measured without one in between.
  if (context.job.settings["flushOnce"] !== 1) await subject.flush();
  globalThis.gc?.();
  await pause(50);
  const since = startProcessorTime();
  const measured = await runChunks(subject, work, { processorMs: setting(context, "measureMs"), maxOperations });
  await subject.flush();
  const { mainUs, processUs } = since();
  return {
    figures: {
      hotNs: (measured.hotMs * 1e6) / measured.operations,
      mainUs: mainUs / measured.operations,
      processUs: processUs / measured.operations,
    },
    sent: sentBy(subject, warm.operations + measured.operations),
  };
}
