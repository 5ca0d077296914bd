import { startChildControl } from "./child-control.ts";
import type { ChildControl } from "./child-control.ts";
import { judgeEnd } from "./end/child-end.ts";
import type { ChildEnd } from "./end/child-end.ts";
import { createOomKillCounter } from "./end/control-groups.ts";
import { oomKilledByLog } from "./end/kernel-log.ts";
import type { ExecSettings } from "./exec-settings.ts";
import type { ChildExit, StartedChild } from "./start-child.ts";
import { createProcessTree } from "./usage/process-tree.ts";
import { startTreeUsage } from "./usage/tree-usage.ts";
import type { TreeUsage } from "./usage/tree-usage.ts";

/** How a process ended, why, and what it used. */
export interface WatchedEnd extends ChildEnd, ChildExit, TreeUsage {
  /** Processes the kernel killed for want of memory in its control groups; `undefined` where the kernel does not tell. */
  readonly oomKills: number | undefined;
}

/** A process that is being watched. */
export interface WatchedChild {
  readonly control: ChildControl;
  /** Resolves when it has ended. */
  readonly ended: Promise<WatchedEnd>;
}

/** Watches a process that has just been started until it ends. */
export function watchChild(child: StartedChild, settings: ExecSettings): WatchedChild {
  const sinceMs = Number(process.hrtime.bigint() / 1_000_000n);
  const tree = createProcessTree(child.pid);
  const oomKillCounter = createOomKillCounter();
  oomKillCounter.watch(child.pid);
  const usage = startTreeUsage(tree, (pids) => {
    for (const pid of pids) oomKillCounter.watch(pid);
    oomKillCounter.kills();
  });
  const control = startChildControl(child.process, tree, settings);

  async function end(): Promise<WatchedEnd> {
    const exit = await child.exited;
    const used = usage.stop();
    const oomKills = oomKillCounter.kills();
    const outOfMemory = (): boolean => {
      if (oomKills !== undefined && oomKills > 0) return true;
      const killed = oomKilledByLog(sinceMs);
      return [...tree.seen()].some((pid) => killed.has(pid));
    };
    return { ...exit, ...used, oomKills, ...judgeEnd({ ...exit, asked: control.asked, outOfMemory }) };
  }
  return { control, ended: end() };
}
