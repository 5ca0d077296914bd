import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { DrillStack } from "./drill-stack.ts";

/** One alert that is made to happen. */
export interface Exercise {
  readonly alert: string;
  readonly misbehaviour: string;
  /** Makes it happen; gives the time at which it began, in milliseconds since the epoch. */
  begin(stack: DrillStack): Promise<number>;
  /** Mends it where it does not mend itself. */
  mend?(stack: DrillStack): Promise<void>;
  /** How it ends, where it does not end by itself or by `mend`: never, or with the next exercise. */
  readonly ends?: "never" | "with the next";
}

let stuck: ChildProcess | undefined;

/** In their order: the later ones need what the earlier ones leave. */
export const exercises: readonly Exercise[] = [
  {
    alert: "RunlightWatchdog",
    misbehaviour: "none: it fires always",
    begin: () => Promise.resolve(Date.now()),
    ends: "never",
  },
  { alert: "RunlightRunFailed", misbehaviour: "a run throws", begin: (stack) => runJob(stack, "fail") },
  { alert: "RunlightDataQualityFailed", misbehaviour: "a check fails", begin: (stack) => runJob(stack, "quality") },
  { alert: "RunlightErrorSpike", misbehaviour: "eight stages throw", begin: (stack) => runJob(stack, "errors") },
  {
    alert: "RunlightRunStuck",
    misbehaviour: "a run's progress stands still",
    begin: startStuck,
    ends: "with the next",
  },
  {
    alert: "RunlightRunLost",
    misbehaviour: "a run's process is killed",
    async begin(stack) {
      if (stuck === undefined) await startStuck(stack);
      await endStuck();
      return Date.now();
    },
  },
  {
    alert: "RunlightStackPartDown",
    misbehaviour: "the Collector is killed",
    begin(stack) {
      stack.kill("collector");
      return Promise.resolve(Date.now());
    },
    mend: (stack) => stack.up(),
  },
];

/** Starts the job that waits, and lets it tell of itself: metrics leave it every second. */
async function startStuck(stack: DrillStack): Promise<number> {
  stuck = startJob(stack, "stuck");
  const startedMs = Date.now();
  await delay(5000);
  return startedMs;
}

async function runJob(stack: DrillStack, misbehaviour: string): Promise<number> {
  const job = startJob(stack, misbehaviour);
  const startedMs = Date.now();
  await once(job, "exit");
  return startedMs;
}

/** Ends the job that waits, if there is one; leaves nothing behind. */
export async function endStuck(): Promise<void> {
  if (stuck?.exitCode !== null || stuck.signalCode !== null) return;
  stuck.kill("SIGKILL");
  await once(stuck, "exit");
}

function startJob({ directory, endpoint }: DrillStack, misbehaviour: string): ChildProcess {
  const job = fileURLToPath(new URL("./drill-job.js", import.meta.url));
  return spawn(process.execPath, [job, misbehaviour], {
    cwd: directory,
    stdio: "ignore",
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_METRIC_EXPORT_INTERVAL: "1000",
      OTEL_METRIC_EXPORT_TIMEOUT: "1000",
      RUNLIGHT_DIRECTORY: `${directory}/telemetry`,
    },
  });
}
