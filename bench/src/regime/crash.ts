import { workflow } from "@runlight/sdk";
import type { ChildAnswer } from "../measure/cell.ts";
import { runChunks } from "./chunks.ts";
import { setting } from "./regime.ts";
import type { RegimeContext } from "./regime.ts";

/** Fills a spool within a run and is killed before the run ends. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const subject = await context.startSubject();
  workflow.start("monthly-processing");
  await runChunks(subject, () => {}, { processorMs: Infinity, maxOperations: setting(context, "operations") });
  await subject.flush();
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}
