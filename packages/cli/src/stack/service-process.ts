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
const killTimeoutMs = 5_000;

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

/** How long a process may take to end. */
export interface StopSettings {
  readonly timeoutMs: number;
  /** Says that the process has nothing left to do, though it does not end. */
  readonly isDone?: () => Promise<boolean>;
}

/**
 * Asks a process to end, and kills it when it is done without ending or the time is over.
 * Gives `gone` when it was not there any more, `killed` when its time was over.
 *
 * @throws Error when it outlives SIGKILL.
 */
export async function stopServiceProcess(
  identity: ProcessIdentity,
  { timeoutMs, isDone = (): Promise<boolean> => Promise.resolve(false) }: StopSettings,
): Promise<"gone" | "ended" | "killed"> {
  if (!send(identity, "SIGTERM")) return "gone";
  // A stopped process takes the first signal only when it goes on.
  send(identity, "SIGCONT");
  const deadlineMs = Date.now() + timeoutMs;
  for (let done = false; isRunning(identity) && !done; done = await isDone()) {
    if (Date.now() >= deadlineMs) {
      await kill(identity);
      return "killed";
    }
    await delay(pollIntervalMs);
  }
  await kill(identity);
  return "ended";
}

async function kill(identity: ProcessIdentity): Promise<void> {
  send(identity, "SIGKILL");
  const deadlineMs = Date.now() + killTimeoutMs;
  while (isRunning(identity)) {
    if (Date.now() >= deadlineMs) throw new Error(`Cannot stop process ${identity.pid}: it outlives SIGKILL`);
    await delay(pollIntervalMs);
  }
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

function rotate(path: string): void {
  try {
    if (statSync(path).size > logLimitBytes) renameSync(path, `${path}.1`);
  } catch {
    // There is no log yet.
  }
}
