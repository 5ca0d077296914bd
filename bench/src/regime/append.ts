import { join } from "node:path";
import { initTelemetry, stage } from "@runlight/sdk";
import { defaultBounds, describeProcess, listSpools, openSpool, readFrames } from "@runlight/spool";
import type { Frame } from "@runlight/spool";
import type { ChildAnswer } from "../measure/cell.ts";
import { attributes, nothing } from "../subject/subject.ts";
import { runChunks } from "./chunks.ts";
import { startProcessorTime } from "./processor-time.ts";
import { setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** What one stage appends to the spool, appended again and again: the cost beyond encoding. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const { directory } = context.job;
  const frames = await framesOfOneStage(join(directory, "source"));
  const spool = openSpool({
    root: join(directory, "spool"),
    bounds: defaultBounds,
    identity: describeProcess("bench"),
  });
  const append = (): void => {
    for (const { signal, bytes } of frames) spool.append(signal, bytes, { urgency: "prompt", records: 1 });
  };
  const subject = {
    operate: append,
    sends: nothing,
    drain: () => new Promise<void>((resolve) => setImmediate(resolve)),
    flush: async () => spool.flush(),
  };
  const maxOperations = setting(context, "operations");
  const bounds = { processorMs: Infinity, maxOperations };
  await runChunks(subject, append, bounds);
  const since = startProcessorTime();
  const { operations, hotMs } = await runChunks(subject, append, bounds);
  spool.flush();
  const { mainUs } = since();
  const { dropped } = spool.statistics();
  spool.close("ended");
  const losses = Object.values(dropped).flatMap((reasons) => Object.values(reasons));
  if (losses.some((count) => count > 0)) throw new Error("Cannot measure the spool: it dropped records");
  const bytes = frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
  return {
    figures: { hotNs: (hotMs * 1e6) / operations, mainNs: (mainUs * 1000) / operations, operationBytes: bytes },
    sent: nothing,
  };
}

/** The span and the two records of one stage, as the SDK hands them over. */
async function framesOfOneStage(directory: string): Promise<readonly Frame[]> {
  const telemetry = await initTelemetry({ service: "bench", directory, hostMetrics: false });
  stage("convolve", { attributes }, () => {});
  await telemetry.shutdown();
  const spools = listSpools(join(directory, "spool"));
  const frames = spools.flatMap((spool) => [...readFrames(spool)]);
  const spans = frames.filter(({ signal }) => signal === "traces");
  // Before the stage's two records stands the one that telemetry has started.
  const records = frames.filter(({ signal }) => signal === "logs").slice(1, 3);
  if (spans.length !== 1 || records.length !== 2)
    throw new Error(
      `Cannot measure the spool: a stage must give a span and two records, it gave ${spans.length} and ${records.length}`,
    );
  return [...spans, ...records];
}
