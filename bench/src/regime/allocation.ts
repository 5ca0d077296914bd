import { PerformanceObserver } from "node:perf_hooks";
import type { ChildAnswer } from "../measure/cell.ts";
import { runChunks } from "./chunks.ts";
import { pause, sentBy, setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Bytes that operations allocate in the main thread's heap and beside it. Run with a young generation that holds them all: a collection fails the measurement. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const subject = await context.startSubject();
  const operations = setting(context, "operations");
  const stretch = { processorMs: Infinity, maxOperations: operations };
  const work = (): void => {};
  const warm = await runChunks(subject, work, stretch);
  await subject.flush();
  const idle = await allocatedBy(async () => {
    await subject.flush();
  });
  const allocated = await allocatedBy(async () => {
    await runChunks(subject, work, stretch);
    await subject.flush();
  });
  return {
    figures: { bytes: Math.max(0, allocated - idle) / operations },
    sent: sentBy(subject, warm.operations + operations),
  };
}

async function allocatedBy(action: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  await pause(20);
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ["gc"] });
  const before = process.memoryUsage();
  await action();
  const after = process.memoryUsage();
  await pause(20);
  observer.disconnect();
  if (collections > 0)
    throw new Error(`Cannot measure allocation: garbage was collected ${collections} times meanwhile`);
  return after.heapUsed - before.heapUsed + after.external - before.external;
}
