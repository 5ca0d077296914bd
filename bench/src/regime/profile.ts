import { Session } from "node:inspector/promises";
import type { Profiler } from "node:inspector/promises";
import type { ChildAnswer } from "../measure/cell.ts";
import { runChunks } from "./chunks.ts";
import { areaOf, areas } from "./profile-areas.ts";
import { sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Time between two looks at where the main thread is. */
const sampleUs = 100;

/** Operations around nothing, looked at from within: where the main thread's time goes, in shares. What the bench and the profiler take is left out. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const maxOperations = setting(context, "maxOperations");
  const subject = await context.startSubject();
  const work = (): void => {};
  const warm = await runChunks(subject, work, { processorMs: setting(context, "warmUpMs"), maxOperations });
  await subject.flush();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: sampleUs });
  await session.post("Profiler.start");
  const measured = await runChunks(subject, work, { processorMs: setting(context, "measureMs"), maxOperations });
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  await subject.flush();
  return {
    figures: sharesOf(profile),
    sent: sentBy(subject, warm.operations + measured.operations),
  };
}

/** Percent of the samples by area. */
function sharesOf({ nodes, samples = [] }: Profiler.Profile): Readonly<Record<string, number>> {
  const areaById = new Map(nodes.map(({ id, callFrame }) => [id, areaOf(callFrame)]));
  const counts = new Map(areas.map((area) => [area, 0]));
  let total = 0;
  for (const id of samples) {
    const area = areaById.get(id);
    if (area === undefined) continue;
    counts.set(area, (counts.get(area) ?? 0) + 1);
    total += 1;
  }
  return Object.fromEntries([...counts].map(([area, count]) => [area, (100 * count) / Math.max(1, total)]));
}
