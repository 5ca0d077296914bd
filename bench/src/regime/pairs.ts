import type { ChildAnswer } from "../measure/cell.ts";
import { start as startBare } from "../subject/bare.ts";
import type { Subject } from "../subject/subject.ts";
import { chunkSize, runChunks } from "./chunks.ts";
import { startProcessorTime } from "./processor-time.ts";
import type { ProcessorTime } from "./processor-time.ts";
import { sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";
import { createSpin } from "./work-kernel.ts";

/** Windows with the subject and without it, in turn, in one process, around 50 µs of work: the share that the subject adds. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const spin = createSpin();
  const workUs = 50;
  const steps = Math.round(setting(context, "stepsPerUs") * workUs);
  let kept = 0;
  const work = (): void => void (kept = spin(steps));
  const subject = await context.startSubject();
  const bare = await startBare();
  const perWindow = Math.ceil((setting(context, "windowMs") * 1000) / workUs / chunkSize) * chunkSize;
  const pairs = setting(context, "pairs");

  const window = async (of: Subject): Promise<ProcessorTime> => {
    const since = startProcessorTime();
    await runChunks(of, work, { processorMs: Infinity, maxOperations: perWindow });
    await of.flush();
    return since();
  };
  const warmUps = 4;
  for (let index = 0; index < warmUps; index++) {
    await window(bare);
    await window(subject);
  }
  const without = { mainUs: 0, processUs: 0 };
  const within = { mainUs: 0, processUs: 0 };
  for (let index = 0; index < pairs; index++) {
    // The order changes from pair to pair, so that what one window leaves behind falls on both.
    const order = index % 2 === 0 ? [bare, subject] : [subject, bare];
    for (const of of order) {
      const { mainUs, processUs } = await window(of);
      const sum = of === bare ? without : within;
      sum.mainUs += mainUs;
      sum.processUs += processUs;
    }
  }
  const operations = pairs * perWindow;
  return {
    figures: {
      workUs: without.mainUs / operations,
      mainUs: (within.mainUs - without.mainUs) / operations,
      mainPercent: 100 * (within.mainUs / without.mainUs - 1),
      processPercent: 100 * (within.processUs / without.processUs - 1),
      kept: Math.abs(kept) > 0 ? 1 : 0,
    },
    sent: sentBy(subject, operations + warmUps * perWindow),
  };
}
