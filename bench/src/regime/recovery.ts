import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { listSpools, readFrames, recoverSpools } from "@runlight/spool";
import type { ChildAnswer, ChildJob } from "../measure/cell.ts";
import { startChild } from "../measure/children.ts";
import { nothing } from "../subject/subject.ts";
import type { RegimeContext } from "./regime.ts";

/** Recovering the spool of a process that was killed: how fast it is read. */
export async function run({ job }: RegimeContext): Promise<ChildAnswer> {
  const crash: ChildJob = { ...job, regime: "crash", endpoint: "" };
  const child = startChild({
    script: process.argv[1] ?? "",
    parameters: [JSON.stringify(crash)],
    directory: job.directory,
  });
  await once(child.process, "close");
  const root = join(job.directory, "spool");
  const sizeBytes = sizeOf(root);
  const startMs = performance.now();
  const runs = await recoverSpools(root);
  const recoveredMs = performance.now() - startMs;
  if (runs.length !== 1)
    throw new Error(
      `Cannot measure recovery: it must find the run that was lost, it found ${runs.length}; ${child.errors()}`,
    );
  // Asked for afterwards: it warms up what recovery reads with.
  const telemetryBytes = telemetryIn(root);
  return {
    figures: {
      megabytes: sizeBytes / 1e6,
      telemetryMegabytes: telemetryBytes / 1e6,
      recoveredMs,
      megabytesPerSecond: telemetryBytes / 1000 / recoveredMs,
    },
    sent: nothing,
  };
}

/** Bytes of the requests that the spool's frames give. */
function telemetryIn(root: string): number {
  let sizeBytes = 0;
  for (const spool of listSpools(root)) for (const { bytes } of readFrames(spool)) sizeBytes += bytes.length;
  return sizeBytes;
}

function sizeOf(root: string): number {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
