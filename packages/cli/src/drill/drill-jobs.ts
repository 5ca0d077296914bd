import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { DrillJob, JobOptions } from "./scenario.ts";

/** Where misbehaving programs work and send. */
export interface DrillJobsSettings {
  readonly directory: string;
  readonly endpoint: string;
  /** Told of a program that breaks down otherwise than it should. */
  readonly tell: (line: string) => void;
}

const keptOutputLength = 2000;

/** The misbehaving programs of a drill: all that still run are killed when it ends. */
export interface DrillJobs extends AsyncDisposable {
  start(misbehaviour: string, options?: JobOptions): DrillJob;
}

/** Starts none yet. */
export function createDrillJobs(settings: DrillJobsSettings): DrillJobs {
  const processes: ChildProcess[] = [];
  return {
    start(misbehaviour, options = {}) {
      const { service = `drill-${misbehaviour}` } = options;
      const started = startJob(misbehaviour, { ...options, service }, settings);
      processes.push(started);
      return {
        service,
        startedMs: Date.now(),
        process: started,
        async mend() {
          if (started.connected) started.send("mended");
          if (!hasEnded(started)) await once(started, "exit");
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map(endJob));
    },
  };
}

async function endJob(job: ChildProcess): Promise<void> {
  if (hasEnded(job)) return;
  const exit = once(job, "exit");
  job.kill("SIGKILL");
  await exit;
}

function hasEnded(job: ChildProcess): boolean {
  return job.exitCode !== null || job.signalCode !== null;
}

function startJob(
  misbehaviour: string,
  { program, args = [], environment = {}, service }: JobOptions & { readonly service: string },
  { directory, endpoint, tell }: DrillJobsSettings,
): ChildProcess {
  const own = [fileURLToPath(new URL("./drill-job.js", import.meta.url)), misbehaviour];
  const job = spawn(process.execPath, ["--expose-gc", ...(program === undefined ? own : [program]), ...args], {
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: {
      ...process.env,
      OTEL_SERVICE_NAME: service,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_METRIC_EXPORT_INTERVAL: "1000",
      OTEL_METRIC_EXPORT_TIMEOUT: "1000",
      RUNLIGHT_HEARTBEAT_INTERVAL: "1000",
      // Each has its own: the next program would find a lost run of the one before, and tell of it in its own name.
      RUNLIGHT_DIRECTORY: `${directory}/telemetry/${service}`,
      ...environment,
    },
  });
  let said = "";
  job.stderr?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-keptOutputLength)));
  job.once("close", (code: number | null) => {
    // A program of others ends as it likes.
    if (code !== 0 && code !== null && program === undefined)
      tell(`${service} broke down with exit code ${code}: ${said.trim()}`);
  });
  // A program that cannot be told that it is mended is seen by the page that does not end.
  job.on("error", () => undefined);
  return job;
}
