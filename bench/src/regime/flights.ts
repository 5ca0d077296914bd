import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ChildAnswer } from "../measure/cell.ts";
import { startChild } from "../measure/children.ts";
import { nothing } from "../subject/subject.ts";
import type { RegimeContext } from "./regime.ts";
import { setting } from "./regime.ts";

const program = fileURLToPath(new URL("../../../examples/flights/dist/main.js", import.meta.url));
const usageAtExit = new URL("usage-at-exit.ts", import.meta.url).href;

/** The flights example from start to end; the workload is its mode. */
export async function run(context: RegimeContext): Promise<ChildAnswer> {
  const { directory, endpoint, workload } = context.job;
  const usageFile = join(directory, "usage.json");
  const child = startChild({
    script: program,
    parameters: ["--months", String(setting(context, "months")), "--output", join(directory, "output")],
    flags: ["--import", usageAtExit],
    directory,
    environment: { BENCH_USAGE_FILE: usageFile, RUNLIGHT_MODE: workload, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
  });
  const [code] = (await once(child.process, "close")) as [number | null];
  if (code !== 0) throw new Error(`Cannot measure the flights example: it ended with ${code}; ${child.errors()}`);
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as { processUs: number; mainUs: number; wallMs: number };
  return {
    figures: { processMs: usage.processUs / 1000, mainMs: usage.mainUs / 1000, wallMs: usage.wallMs },
    sent: nothing,
  };
}
