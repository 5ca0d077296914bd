import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DrillReceivers, DrillRooms } from "@runlight/dashboards";
import { portsOf } from "../stack/ports.ts";
import { isRunning } from "../stack/process-identity.ts";
import { stackCacheDirectory } from "../stack/program-cache.ts";
import type { ProgramName } from "../stack/programs.ts";
import { stackDirectories } from "../stack/services.ts";
import { stopStack } from "../stack/stack-down.ts";
import { findStackRoot } from "../stack/stack-root.ts";
import { readStackState } from "../stack/stack-state.ts";
import { startStack } from "../stack/stack-up.ts";
import { createAlertmanagerClient } from "./alertmanager-client.ts";
import type { AlertmanagerClient } from "./alertmanager-client.ts";
import { layHistory } from "./drill-history.ts";
import { copyFast } from "./fast-copies.ts";
import { createPrometheusClient } from "./prometheus-client.ts";
import type { PrometheusClient } from "./prometheus-client.ts";

/** The Collector, Loki, Prometheus and Alertmanager, with fast copies of what is shipped, in a folder of their own. */
export interface DrillStack extends AsyncDisposable {
  /** Where jobs keep their telemetry. */
  readonly directory: string;
  readonly endpoint: string;
  readonly alertmanager: AlertmanagerClient;
  readonly prometheus: PrometheusClient;
  /** Kills a part as a crash would. */
  kill(part: ProgramName): void;
  /** Starts what does not run. */
  up(): Promise<void>;
}

/** What a drill's stack is made for. */
export interface DrillStackSettings {
  readonly receivers: DrillReceivers;
  readonly rooms: DrillRooms;
  readonly portOffset: number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

const parts: readonly ProgramName[] = ["collector", "loki", "prometheus", "alertmanager"];
/** How far Prometheus looks back for a sample: metrics come each second, and what has ended is to be seen as ended. */
const prometheusArgs = ["--query.lookback-delta=20s"];

/** Copies the stack's files, makes them fast, and starts it with its ports moved by `portOffset`. Rejects when a part does not start. */
export async function startDrillStack(settings: DrillStackSettings): Promise<DrillStack> {
  const { portOffset, tell } = settings;
  const directory = mkdtempSync(join(tmpdir(), "runlight-drill-"));
  const root = join(directory, "stack");
  const up = async (): Promise<void> => {
    const started = await startStack({
      stackRoot: directory,
      root,
      cacheDirectory: stackCacheDirectory(),
      wanted: parts,
      portOffset,
      prometheusArgs,
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
  const kill = (part: ProgramName): void => {
    const running = readStackState(root).parts[part]?.process;
    if (running !== undefined && isRunning(running)) process.kill(running.pid, "SIGKILL");
  };
  // Nothing of it is kept, so nothing needs to be stored first.
  const abandon = (): void => {
    for (const part of parts) kill(part);
    rmSync(directory, { recursive: true, force: true });
  };
  const stop = async (): Promise<void> => {
    for (const part of parts) kill(part);
    await stopStack(root, true);
    rmSync(directory, { recursive: true, force: true });
    process.off("exit", abandon);
  };
  // Its programs outlive this process, whatever ends that: a reader of the output that leaves, for instance.
  process.once("exit", abandon);
  try {
    copyFast(findStackRoot(), directory, settings);
    await layHistory(join(stackDirectories(root).data, "prometheus"), findStackRoot(), settings.signal);
    settings.signal.throwIfAborted();
    await up();
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf = (part: ProgramName, port: string = part): string =>
    `http://127.0.0.1:${portsOf(part, portOffset)[port]}`;
  return {
    directory,
    endpoint: urlOf("collector", "otlp-http"),
    alertmanager: createAlertmanagerClient(urlOf("alertmanager")),
    prometheus: createPrometheusClient(urlOf("prometheus")),
    kill,
    up,
    [Symbol.asyncDispose]: stop,
  };
}
