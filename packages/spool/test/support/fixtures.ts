import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDirectory, directoryName } from "../../src/directory/create-directory.ts";
import { lifeFile } from "../../src/directory/life.ts";
import { describeProcess } from "../../src/process/identity.ts";
import type { ProcessIdentity } from "../../src/process/identity.ts";
import type { Signal, SpoolBounds } from "../../src/settings.ts";
import { defaultBounds } from "../../src/spool/default-bounds.ts";
import { ProcessSpool } from "../../src/spool/process-spool.ts";

/** Ids beyond what Linux gives out: nobody has this one. */
export const nobodysPid = 2 ** 22 + 1;

/** The identity of a process of this host that is gone. */
export function goneProcess(more: Partial<ProcessIdentity> = {}): ProcessIdentity {
  return {
    ...describeProcess("flights"),
    pid: nobodysPid,
    startTicks: "1",
    startedAt: "2023-11-14T22:13:20.000Z",
    ...more,
  };
}

/** What a spool is made of for a test. */
export interface SpoolFixture {
  readonly identity: ProcessIdentity;
  readonly requests?: readonly (readonly [Signal, Uint8Array])[];
  readonly life?: "closed" | "ended" | "lost" | "running";
  readonly bounds?: Partial<SpoolBounds>;
}

/** Writes the spool of some process, as that process would have. Returns its directory. */
export function writeSpool(
  root: string,
  { identity, requests = [], life = "running", bounds = {} }: SpoolFixture,
): string {
  const directory = createDirectory(root, directoryName(identity), identity);
  const keepAll = { maxAgeDays: 1e6, maxSizeBytes: Number.MAX_SAFE_INTEGER };
  const spool = new ProcessSpool(directory, { root, bounds: { ...defaultBounds, ...keepAll, ...bounds }, identity });
  for (const [signal, request] of requests) spool.append(signal, request, { urgency: "batched", records: 1 });
  spool.close("ended");
  renameSync(join(directory, lifeFile("ended")), join(directory, lifeFile(life)));
  return directory;
}

/** Adds bytes to a segment that make no frame. */
export function tearTail(directory: string, bytes: Uint8Array): void {
  writeFileSync(join(directory, "000001.otlp"), bytes, { flag: "a" });
}
