import { buildPrograms } from "./build-programs.ts";
import type { BuildProgress } from "./go-build.ts";
import { withLock } from "./exclusive-lock.ts";
import { locateProgram } from "./locate-program.ts";
import type { LocatedProgram } from "./locate-program.ts";
import { describePortHolder, findPortHolder } from "./port-holder.ts";
import { portsOf } from "./ports.ts";
import { isRunning } from "./process-identity.ts";
import { programs } from "./programs.ts";
import type { Program, ProgramName } from "./programs.ts";
import { waitUntilReady } from "./readiness.ts";
import { lastLogLines, logPath, startServiceProcess, stopServiceProcess } from "./service-process.ts";
import { serviceOf, stackDirectories } from "./services.ts";
import type { Service, ServiceSettings } from "./services.ts";
import { stackLockPath } from "./stack-down.ts";
import { readStackState, recordPart, writeStackState } from "./stack-state.ts";
import type { StackState } from "./stack-state.ts";

const readyTimeoutMs = 120_000;
const hungTimeoutMs = 15_000;
const stopTimeoutMs = 30_000;
const lockTimeoutMs = 120 * 60_000;

/** What `up` is asked for. */
export interface StackUpSettings {
  readonly stackRoot: string;
  /** The stack's directory. */
  readonly root: string;
  readonly cacheDirectory: string;
  readonly wanted: readonly ProgramName[];
  /** Default: that of the stack that is there, else 0. */
  readonly portOffset?: number;
  readonly webhookUrlFile?: string;
  /** Without it a program that is not there is reported as missing. */
  readonly build: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly report: StackUpReport;
}

/** What `up` tells while it works. */
export interface StackUpReport {
  readonly buildStarts: (missing: readonly Program[]) => void;
  readonly buildProgress: (program: Program, progress: BuildProgress) => void;
  readonly waits: (holderPid: number) => void;
  /** A program was found and is being started. */
  readonly starts: (program: Program, located: LocatedProgram) => void;
  /** Something that the user should know and that stops nothing. */
  readonly notes: (line: string) => void;
}

/** How one part came out. */
export interface PartUp {
  readonly program: Program;
  readonly outcome: "already running" | "started" | "restarted" | "failed" | "missing";
  readonly url: string;
  /** Why it failed, with its log. */
  readonly problem?: string;
}

/**
 * Brings the asked parts up: those that run are left alone, dead or hung ones are started anew, missing programs are built.
 * One part's failure does not stop the others.
 *
 * @throws RangeError when a stack with another port offset runs in the same directory.
 */
export async function startStack(settings: StackUpSettings): Promise<readonly PartUp[]> {
  const { root, report } = settings;
  return withLock(stackLockPath(root), { timeoutMs: lockTimeoutMs, onWait: report.waits }, async () => {
    const state = readStackState(root);
    const portOffset = choosePortOffset(state, settings);
    writeStackState(root, { ...state, portOffset, wanted: [...new Set([...state.wanted, ...settings.wanted])] });

    const { stackRoot, webhookUrlFile } = settings;
    const serviceSettings: ServiceSettings = {
      stackRoot,
      directories: stackDirectories(root),
      portOffset,
      ...(webhookUrlFile === undefined ? {} : { webhookUrlFile }),
    };
    const asked = programs.filter((program) => settings.wanted.includes(program.name));
    const services = new Map(asked.map((program) => [program, serviceOf(program.name, serviceSettings)]));

    const running = new Set<Program>();
    const look = async (program: Program, service: Service): Promise<void> => {
      if (await isAlreadyUp(program, service, state, settings)) running.add(program);
    };
    await Promise.all([...services].map(([program, service]) => look(program, service)));

    const toStart = asked.filter((program) => !running.has(program));
    const found = await findOrBuild(toStart, services, settings);
    const start = async (program: Program): Promise<PartUp> => {
      const service = services.get(program) as Service;
      if (running.has(program)) return { program, outcome: "already running", url: service.url };
      const source = found.get(program);
      if (source === undefined || "problem" in source) {
        return { program, outcome: "missing", url: service.url, problem: source?.problem ?? "not found" };
      }
      const problem = await startPart(program, service, source, serviceSettings, report);
      if (problem !== undefined) return { program, outcome: "failed", url: service.url, problem };
      return { program, outcome: state.parts[program.name] === undefined ? "started" : "restarted", url: service.url };
    };
    return Promise.all(asked.map(start));
  });
}

function choosePortOffset(state: StackState, settings: StackUpSettings): number {
  const portOffset = settings.portOffset ?? state.portOffset;
  const runs = Object.values(state.parts).some((part) => isRunning(part.process));
  if (runs && portOffset !== state.portOffset) {
    throw new RangeError(
      `Cannot start the stack: --port-offset must be ${state.portOffset} while the stack in ${settings.root} runs with it, current value is ${portOffset}`,
    );
  }
  return portOffset;
}

async function isAlreadyUp(program: Program, service: Service, state: StackState, settings: StackUpSettings): Promise<boolean> {
  const part = state.parts[program.name];
  if (part === undefined) return false;
  const ready = await waitUntilReady(service.readyUrl, hungTimeoutMs, () => isRunning(part.process));
  if (ready === "ready") return true;
  if (ready === "timeout") {
    settings.report.notes(`${program.title} (process ${part.process.pid}) does not answer and is started anew`);
    await stopServiceProcess(part.process, stopTimeoutMs);
  } else {
    settings.report.notes(`${program.title} (process ${part.process.pid}) is gone and is started anew`);
  }
  recordPart(settings.root, program.name, undefined);
  return false;
}

type ProgramSource = LocatedProgram | { readonly problem: string };

async function findOrBuild(
  wanted: readonly Program[],
  services: ReadonlyMap<Program, Service>,
  settings: StackUpSettings,
): Promise<ReadonlyMap<Program, ProgramSource>> {
  const found = new Map<Program, ProgramSource>();
  const missing: Program[] = [];
  const locate = async (program: Program): Promise<void> => {
    const located = await locateProgram(program, services.get(program) as Service, settings);
    if (located.from === "nowhere") {
      for (const line of located.refused) settings.report.notes(line);
      missing.push(program);
    } else {
      found.set(program, located);
    }
  };
  await Promise.all(wanted.map(locate));
  if (missing.length === 0) return found;
  if (!settings.build) {
    for (const program of missing) found.set(program, { problem: `${program.title} ${program.version} is neither on PATH nor built; "stack build" builds it` });
    return found;
  }

  settings.report.buildStarts(missing);
  try {
    const inOrder = programs.filter((program) => missing.includes(program));
    const results = await buildPrograms(inOrder, { ...settings, onProgress: settings.report.buildProgress, onWait: settings.report.waits });
    for (const result of results) {
      if ("error" in result) found.set(result.program, { problem: result.error.message });
      else {
        const located = await locateProgram(result.program, services.get(result.program) as Service, settings);
        found.set(result.program, located.from === "nowhere" ? { problem: `${result.directory} is incomplete` } : located);
      }
    }
  } catch (error) {
    for (const program of missing) found.set(program, { problem: (error as Error).message });
  }
  return found;
}

/** Gives what went wrong, or nothing when the part is ready. */
async function startPart(
  program: Program,
  service: Service,
  located: LocatedProgram,
  settings: ServiceSettings,
  report: StackUpReport,
): Promise<string | undefined> {
  const { directories, portOffset } = settings;
  const log = logPath(directories, program.name);
  const taken: string[] = [];
  for (const [name, port] of Object.entries(portsOf(program.name, portOffset))) {
    const holder = await findPortHolder(port);
    if (holder !== undefined) taken.push(`port ${port} (${name}) is held by ${describePortHolder(holder)}`);
  }
  if (taken.length > 0) return `${taken.join("; ")}. Stop it, or move the stack with --port-offset`;

  report.starts(program, located);
  service.prepare();
  const identity = await startServiceProcess(service, located.executable, directories);
  const { executable, version } = located;
  recordPart(directories.root, program.name, { process: identity, executable, version, startedAt: new Date().toISOString() });

  const ready = await waitUntilReady(service.readyUrl, readyTimeoutMs, () => isRunning(identity));
  if (ready === "ready") return undefined;
  await stopServiceProcess(identity, stopTimeoutMs);
  recordPart(directories.root, program.name, undefined);
  const reason = ready === "ended" ? "it ended while starting" : `it was not ready within ${readyTimeoutMs / 1000} s and was stopped`;
  return [`${reason}; log: ${log}`, ...lastLogLines(log, 5).map((line) => `    ${line}`)].join("\n");
}
