import type { ChildProcess } from "node:child_process";
import type { DrillRooms } from "@runlight/dashboards";
import type { DrillStack } from "./drill-stack.ts";
import type { Pager } from "./pager.ts";

/** One alert that a scenario brings. */
export interface DrilledAlert {
  readonly alert: string;
  /** Service, program of the stack, workflow or disk that it is about; `-` for none. */
  readonly subject: string;
  /**
   * What is waited for. `page`, the default: its page, and the end of it. `mute`: that it is silenced before it could page.
   * `beat`: its page, which may have come before anybody looked, and no end. `missed beats`: that its pages stop, and come again.
   */
  readonly expects?: "beat" | "missed beats" | "mute" | "page";
  /** Alert that silences it; looked at where that one is drilled too, instead of its end. */
  readonly silencedBy?: string;
}

/** Something that goes wrong, and the alerts that tell it. */
export interface Scenario {
  readonly cause: string;
  readonly alerts: readonly DrilledAlert[];
  /** True when nothing else may go on meanwhile. Default: with all others at once. */
  readonly alone?: true;
  /** Makes it go wrong, or says why that cannot be done here. */
  begin(drill: Drill): Promise<Mishap | Impossible>;
}

/** Something that went wrong. */
export interface Mishap {
  /** When, in milliseconds since the epoch. */
  readonly beganMs: number;
  /** Sets it right, where that does not come by itself. */
  mend?(): Promise<void>;
  /** Leaves nothing behind; called whatever came. Programs that the scenario started are ended besides. */
  clear?(): Promise<void>;
}

/** What cannot be made to go wrong on this machine. */
export interface Impossible {
  /** Why. */
  readonly impossible: string;
}

/** What scenarios work with. */
export interface Drill {
  readonly stack: DrillStack;
  readonly pager: Pager;
  readonly rooms: DrillRooms;
  /** Aborted when the scenario is to end. */
  readonly signal: AbortSignal;
  /** Starts a program that misbehaves; it is ended with the scenario at the latest. */
  startJob(misbehaviour: string, options?: JobOptions): DrillJob;
}

/** How a misbehaving program is started. */
export interface JobOptions {
  /** Path of a program that is started in place of the drill's own, with `args` alone. */
  readonly program?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of its service. Default: `drill-` and the misbehaviour. */
  readonly service?: string;
}

/** A misbehaving program. */
export interface DrillJob {
  readonly service: string;
  readonly startedMs: number;
  readonly process: ChildProcess;
  /** Lets it end well, and waits for that. */
  mend(): Promise<void>;
}
