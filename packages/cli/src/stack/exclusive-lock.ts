import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { identifyProcess, isRunning } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/** How long to wait for a lock, and whom to tell that one waits. */
export interface LockSettings {
  readonly timeoutMs: number;
  /** Called once, when another process holds the lock. */
  readonly onWait?: (holderPid: number) => void;
}

/**
 * Runs a function while holding a lock file; a lock whose holder is gone is taken over.
 *
 * @throws Error when another process still holds it after `timeoutMs`.
 */
export async function withLock<Result>(
  path: string,
  settings: LockSettings,
  body: () => Promise<Result>,
): Promise<Result> {
  mkdirSync(dirname(path), { recursive: true });
  const own = identifyProcess(process.pid) ?? { pid: process.pid, startTime: "" };
  const deadlineMs = Date.now() + settings.timeoutMs;
  for (let told = false; !tryLock(path, own);) {
    const holder = readHolder(path);
    if (holder === undefined || !isRunning(holder)) {
      removeStale(path);
      continue;
    }
    if (Date.now() >= deadlineMs)
      throw new Error(`Cannot take ${path}: process ${holder.pid} has held it for ${settings.timeoutMs} ms`);
    if (!told) settings.onWait?.(holder.pid);
    told = true;
    await delay(200);
  }
  try {
    return await body();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A link appears with its content, so nobody reads a lock that is half written. */
function tryLock(path: string, own: ProcessIdentity): boolean {
  const draft = `${path}.${own.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Of several that find the same dead holder, one renames; the others fail and look again. */
function removeStale(path: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  rmSync(aside, { force: true });
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
