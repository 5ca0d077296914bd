import { availableParallelism } from "node:os";
import { readProcessMemory, readProcessStat } from "./process-files.ts";
import type { ProcessTree } from "./process-tree.ts";

/** What a process and its descendants used. */
export interface TreeUsage {
  /** Seconds. */
  readonly cpuTimeSeconds: number | undefined;
  /** Highest sum of resident memory, in bytes; at least the highest of any one of them. */
  readonly peakMemoryBytes: number | undefined;
}

/** Samples a process tree while it runs. */
export interface TreeUsageSampler {
  /** To be called right after the process has ended: takes what the system tells of it then, and ends sampling. */
  stop(): TreeUsage;
  /** Milliseconds of CPU time that sampling has taken so far. */
  readonly costMs: number;
}

/** Sampling takes at most this part of the time. */
const maxShare = 0.01;
const firstIntervalMs = 25;
const maxIntervalMs = 250;

/** What one sample took last, in this process: the guess for the first sample of the next. */
let lastCostMs = 0.5;
let running = 0;
let startedCount = 0;

/**
 * Begins to sample: soon at first, then four times a second, and never more often than keeps its cost below 1 % of a CPU.
 * `onSample` is told the living processes each time. Keeps no process alive.
 */
export function startTreeUsage(tree: ProcessTree, onSample: (pids: Iterable<number>) => void): TreeUsageSampler {
  let cpuTimeSeconds: number | undefined;
  let peakMemoryBytes: number | undefined;
  let costMs = 0;
  let lastMs = performance.now();
  let intervalMs = firstIntervalMs;
  const reapedBefore = reapedCpuSeconds();
  const startedBefore = (startedCount += 1);
  const aloneAtStart = running === 0;
  running += 1;

  function sample(): void {
    const begin = now();
    const alive = tree.look();
    let cpu = 0;
    let memory = 0;
    for (const [pid, stat] of alive) {
      cpu += stat.cpuSeconds;
      const used = readProcessMemory(pid);
      memory += used?.nowBytes ?? 0;
      peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, used?.peakBytes ?? 0);
    }
    if (alive.size > 0) {
      // What an orphan used leaves the sum when it ends: the highest sum is the least that was used.
      cpuTimeSeconds = Math.max(cpuTimeSeconds ?? 0, cpu);
      peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, memory);
    }
    onSample(alive.keys());
    const end = now();
    lastMs = end.wallMs;
    // CPU time, for a sample that was kept waiting by a busy machine is not dear; and no more than passed, for other threads work too.
    lastCostMs = Math.min(end.wallMs - begin.wallMs, end.cpuMs - begin.cpuMs);
    costMs += lastCostMs;
  }
  function schedule(): NodeJS.Timeout {
    return setTimeout(
      () => {
        sample();
        intervalMs = Math.min(maxIntervalMs, intervalMs * 2);
        timer = schedule();
      },
      Math.max(intervalMs, lastCostMs / maxShare),
    ).unref();
  }
  let timer = schedule();

  return {
    get costMs() {
      return costMs;
    },
    stop() {
      clearTimeout(timer);
      running -= 1;
      const reaped = reapedCpuSeconds();
      // The system counts the CPU time of ended children together: it is this one's while no other ran beside it.
      const alone = aloneAtStart && startedCount === startedBefore;
      if (alone && reaped !== undefined && reapedBefore !== undefined) {
        const sampled = cpuTimeSeconds ?? 0;
        const possible = ((performance.now() - lastMs) / 1000) * availableParallelism() + 0.02;
        cpuTimeSeconds = Math.max(sampled, Math.min(reaped - reapedBefore, sampled + possible));
      }
      return { cpuTimeSeconds: roundToTick(cpuTimeSeconds), peakMemoryBytes };
    },
  };
}

function now(): { readonly wallMs: number; readonly cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
}

/** Sums of ticks of 10 ms, without the noise of adding fractions. */
function roundToTick(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 100) / 100;
}

/** CPU time of all children of this process that have ended. */
function reapedCpuSeconds(): number | undefined {
  return readProcessStat("self")?.childrenCpuSeconds;
}
