import { portsOf } from "./ports.ts";
import { isRunning } from "./process-identity.ts";
import { programs } from "./programs.ts";
import type { Program, ProgramName } from "./programs.ts";
import { isReady } from "./readiness.ts";
import { logPath } from "./service-process.ts";
import { serviceOf, stackDirectories } from "./services.ts";
import { readStackState } from "./stack-state.ts";
import type { StackState } from "./stack-state.ts";

/** How one part is. */
export interface PartStatus {
  readonly name: ProgramName;
  readonly title: string;
  /** `dead` was started and is gone, `unready` runs and does not answer, `missing` was asked for and could not be started. */
  readonly state: "ready" | "unready" | "dead" | "missing" | "stopped";
  readonly version?: string;
  readonly executable?: string;
  readonly pid?: number;
  readonly startedAt?: string;
  readonly url: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly log: string;
}

/** How the stack is. */
export interface StackStatus {
  /** `running` when every part that was asked for is ready, `stopped` when no part runs, else `half-dead`. */
  readonly state: "running" | "half-dead" | "stopped";
  readonly directory: string;
  readonly portOffset: number;
  readonly parts: readonly PartStatus[];
}

/** Looks at every part of the stack that keeps its state in a directory. */
export async function readStackStatus(root: string, stackRoot: string): Promise<StackStatus> {
  const state = readStackState(root);
  const parts = await Promise.all(programs.map((program) => readPartStatus(program, state, { root, stackRoot })));
  const wanted = parts.filter((part) => part.state !== "stopped");
  const alive = wanted.filter((part) => part.state === "ready" || part.state === "unready");
  const ready = wanted.every((part) => part.state === "ready");
  return {
    state: alive.length === 0 ? "stopped" : ready ? "running" : "half-dead",
    directory: root,
    portOffset: state.portOffset,
    parts,
  };
}

async function readPartStatus(
  program: Program,
  state: StackState,
  { root, stackRoot }: { readonly root: string; readonly stackRoot: string },
): Promise<PartStatus> {
  const directories = stackDirectories(root);
  const service = serviceOf(program.name, { stackRoot, directories, portOffset: state.portOffset });
  const common = {
    name: program.name,
    title: program.title,
    url: service.url,
    ports: portsOf(program.name, state.portOffset),
    log: logPath(directories, program.name),
  };
  const part = state.parts[program.name];
  if (part === undefined) return { ...common, state: state.wanted.includes(program.name) ? "missing" : "stopped" };
  const known = {
    ...common,
    version: part.version,
    executable: part.executable,
    pid: part.process.pid,
    startedAt: part.startedAt,
  };
  if (!isRunning(part.process)) return { ...known, state: "dead" };
  return { ...known, state: (await isReady(service.readyUrl)) ? "ready" : "unready" };
}
