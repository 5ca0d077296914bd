import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./exclusive-lock.ts";
import type { ProgramName } from "./programs.ts";
import { stopServiceProcess } from "./service-process.ts";
import { stackDirectories } from "./services.ts";
import { readStackState, recordPart, removeStackState } from "./stack-state.ts";
import { stopSettings } from "./stop-settings.ts";

/** The Collector goes first, while those behind it still take what it holds; Tempo before Prometheus for the same reason. */
const stopOrder: readonly (readonly ProgramName[])[] = [
  ["collector"],
  ["tempo", "loki"],
  ["prometheus", "alertmanager"],
];

const lockTimeoutMs = 120_000;

/** How one part ended: `gone` was not there any more, `killed` did not end within 30 s when it was asked to. */
export interface StoppedPart {
  readonly program: ProgramName;
  readonly end: "gone" | "ended" | "killed";
}

/** Gives the path of the lock under which `up` and `down` change a stack. */
export function stackLockPath(root: string): string {
  return join(root, "stack.lock");
}

/**
 * Stops every part and forgets the state; data and logs stay unless `deleteData` is set.
 *
 * @throws Error when a process outlives SIGKILL, or another command holds the stack for two minutes.
 */
export async function stopStack(root: string, deleteData: boolean): Promise<readonly StoppedPart[]> {
  if (!existsSync(root)) return [];
  const directories = stackDirectories(root);
  const stopped = await withLock(stackLockPath(root), { timeoutMs: lockTimeoutMs }, async () => {
    const { parts, portOffset } = readStackState(root);
    const results: StoppedPart[] = [];
    for (const group of stopOrder) {
      const stop = async (program: ProgramName): Promise<void> => {
        const part = parts[program];
        if (part === undefined) return;
        results.push({ program, end: await stopServiceProcess(part.process, stopSettings(program, portOffset)) });
        recordPart(root, program, undefined);
      };
      await Promise.all(group.map(stop));
    }
    removeStackState(root);
    rmSync(directories.configuration, { recursive: true, force: true });
    if (deleteData) rmSync(directories.data, { recursive: true, force: true });
    return results;
  });
  return stopped;
}
