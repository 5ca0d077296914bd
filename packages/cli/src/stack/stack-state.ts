import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessIdentity } from "./process-identity.ts";
import type { ProgramName } from "./programs.ts";

/** What is known of a part that was started. */
export interface PartState {
  readonly process: ProcessIdentity;
  readonly executable: string;
  readonly version: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What `up` leaves for `status`, `logs`, `down` and the next `up`. */
export interface StackState {
  readonly format: 1;
  readonly portOffset: number;
  /** Absolute path of the file with the URL to which Alertmanager sends. */
  readonly webhookUrlFile?: string;
  /** The parts that `up` was asked for, whether or not they could be started. */
  readonly wanted: readonly ProgramName[];
  readonly parts: Readonly<Partial<Record<ProgramName, PartState>>>;
}

const emptyState: StackState = { format: 1, portOffset: 0, wanted: [], parts: {} };

/** Gives the state in the stack's directory, or an empty one when there is none. */
export function readStackState(root: string): StackState {
  const path = join(root, "state.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return emptyState;
  }
  const state = JSON.parse(text) as StackState;
  if (state.format !== 1)
    throw new SyntaxError(`Cannot read ${path}: format must be 1, current value is ${String(state.format)}`);
  return state;
}

/** Replaces the state at once, so that a reader sees the old one or the new one. */
export function writeStackState(root: string, state: StackState): void {
  mkdirSync(root, { recursive: true });
  const path = join(root, "state.json");
  writeFileSync(`${path}.next`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${path}.next`, path);
}

/** Records a part, or forgets it when nothing is given. */
export function recordPart(root: string, program: ProgramName, part: PartState | undefined): void {
  const state = readStackState(root);
  const { [program]: _, ...others } = state.parts;
  writeStackState(root, { ...state, parts: part === undefined ? others : { ...others, [program]: part } });
}

/** Forgets everything that was recorded. */
export function removeStackState(root: string): void {
  rmSync(join(root, "state.json"), { force: true });
}
