import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { identifyProcess, isRunning } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import type { ProgramName } from "./programs.ts";
import type { Service, StackDirectories } from "./services.ts";

const logLimitBytes = 16 * 1024 * 1024;
const pollIntervalMs = 50;

/** Gives the log file of a part. */
export function logPath(directories: StackDirectories, program: ProgramName): string {
  return join(directories.logs, `${program}.log`);
}

/**
 * Starts a service as a process of its own that outlives this one; it writes into its log.
 * A log above 16 MiB is put aside first, one such file is kept.
 *
 * @throws Error when the executable cannot be started.
 */
export async function startServiceProcess(
  service: Service,
  executable: string,
  directories: StackDirectories,
): Promise<ProcessIdentity> {
  const data = join(directories.data, service.program);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  mkdirSync(directories.logs, { recursive: true });
  const path = logPath(directories, service.program);
  rotate(path);
  const log = openSync(path, "a", 0o600);
  try {
    const child = spawn(executable, service.args, {
      cwd: data,
      env: { ...inheritedEnvironment(process.env), ...service.environment },
      detached: true,
      stdio: ["ignore", log, log],
    });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    const identity = identifyProcess(child.pid ?? 0);
    if (identity === undefined) throw new Error(`Cannot start ${executable}: it ended at once; log: ${path}`);
    return identity;
  } finally {
    closeSync(log);
  }
}

/** Asks a process to end and kills it when it has not after `timeoutMs`; gives how it went. */
export async function stopServiceProcess(
  identity: ProcessIdentity,
  timeoutMs: number,
): Promise<"gone" | "ended" | "killed"> {
  if (!send(identity, "SIGTERM")) return "gone";
  // A stopped process takes the first signal only when it goes on.
  send(identity, "SIGCONT");
  if (await waitUntilGone(identity, timeoutMs)) return "ended";
  send(identity, "SIGKILL");
  if (await waitUntilGone(identity, 5_000)) return "killed";
  throw new Error(`Cannot stop process ${identity.pid}: it outlives SIGKILL`);
}

/** Gives the last lines of a log, at most `count` from its last 64 KiB. */
export function lastLogLines(path: string, count: number): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8").slice(-65_536);
  } catch {
    return [];
  }
  return text.trimEnd().split("\n").slice(-count);
}

/** What points a job at this stack must not point the stack at itself. */
function inheritedEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(OTEL|JAEGER|TRACEPARENT|TRACESTATE|BAGGAGE)/.test(name)),
  );
}

function send(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  while (isRunning(identity)) {
    if (Date.now() >= deadlineMs) return false;
    await delay(pollIntervalMs);
  }
  return true;
}

function rotate(path: string): void {
  try {
    if (statSync(path).size > logLimitBytes) renameSync(path, `${path}.1`);
  } catch {
    // There is no log yet.
  }
}
