import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderDrillReceivers, renderFastRules } from "@runlight/dashboards";
import type { DrillReceivers } from "@runlight/dashboards";
import { stackCacheDirectory } from "../stack/program-cache.ts";
import type { ProgramName } from "../stack/programs.ts";
import { stopStack } from "../stack/stack-down.ts";
import { findStackRoot } from "../stack/stack-root.ts";
import { readStackState } from "../stack/stack-state.ts";
import { startStack } from "../stack/stack-up.ts";

/** The Collector, Prometheus and Alertmanager, with fast copies of what is shipped, in a folder of their own. */
export interface DrillStack extends AsyncDisposable {
  /** Where jobs keep their telemetry. */
  readonly directory: string;
  readonly endpoint: string;
  /** Kills a part as a crash would. */
  kill(part: ProgramName): void;
  /** Starts what does not run. */
  up(): Promise<void>;
}

const parts: readonly ProgramName[] = ["collector", "prometheus", "alertmanager"];
const otlpHttpPort = 4318;

/** Copies the stack's files, makes them fast, and starts it with its ports moved by `portOffset`. Rejects when a part does not start. */
export async function startDrillStack(
  receivers: DrillReceivers,
  portOffset: number,
  tell: (line: string) => void,
): Promise<DrillStack> {
  const directory = mkdtempSync(join(tmpdir(), "runlight-drill-"));
  const root = join(directory, "stack");
  copyFast(directory, receivers);
  const up = async (): Promise<void> => {
    const started = await startStack({
      stackRoot: directory,
      root,
      cacheDirectory: stackCacheDirectory(),
      wanted: parts,
      portOffset,
      build: true,
      environment: process.env,
      report: {
        buildStarts: (missing) => tell(`building ${missing.map(({ title }) => title).join(", ")}, which takes minutes`),
        buildProgress: () => undefined,
        waits: (pid) => tell(`waiting for process ${pid}`),
        starts: () => undefined,
        notes: () => undefined,
      },
    });
    const problem = started.find((part) => part.problem !== undefined)?.problem;
    if (problem !== undefined) throw new Error(problem);
  };
  const stop = async (): Promise<void> => {
    await stopStack(root, true);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await up();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directory,
    endpoint: `http://127.0.0.1:${otlpHttpPort + portOffset}`,
    kill(part) {
      const pid = readStackState(root).parts[part]?.process.pid;
      if (pid !== undefined) process.kill(pid, "SIGKILL");
    },
    up,
    [Symbol.asyncDispose]: stop,
  };
}

function copyFast(directory: string, receivers: DrillReceivers): void {
  const shipped = findStackRoot();
  for (const folder of ["collector", "grafana"])
    cpSync(join(shipped, folder), join(directory, folder), { recursive: true });
  const prometheus = join(directory, "grafana", "prometheus");
  writeFileSync(join(prometheus, "rules", "runlight.yaml"), renderFastRules());
  const configuration = readFileSync(join(prometheus, "prometheus.yaml"), "utf8")
    .replace("scrape_interval: 15s", "scrape_interval: 1s\n  scrape_timeout: 1s")
    .replace("evaluation_interval: 5s", "evaluation_interval: 1s")
    // Two that the drill does without.
    .replaceAll(/ {2}- job_name: (?:tempo|loki)\n.*\n/gu, "");
  writeFileSync(join(prometheus, "prometheus.yaml"), configuration);
  const alertmanager = join(directory, "grafana", "alertmanager", "alertmanager.yaml");
  writeFileSync(alertmanager, renderDrillReceivers(readFileSync(alertmanager, "utf8"), receivers));
}
