import { isRunActive } from "@runlight/core";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { runCheckpoint } from "./checkpoint.ts";
import { startWallTimeNotice } from "./wall-time-notice.ts";
import { emitWallTimeNear } from "./wall-time-record.ts";

/** What the watch over wall time needs. */
export interface WallTimeOptions {
  readonly settings: Pick<TelemetrySettings, "checkpointTimeoutMs" | "jobEndTimeMs" | "parts" | "wallTimeNoticeMs">;
  /** Bounded, never rejects. */
  readonly flush: () => Promise<void>;
}

/** Says once that the process is about to be ended, and calls for the program's checkpoint. */
export interface WallTime {
  /** A signal came. Resolves when the checkpoint has ended, or was given up; at once where it has already. Never rejects. */
  signalled(signal: NodeJS.Signals): Promise<void>;
  stop(): void;
}

/** Watches for the end time of the job, where that is known. A program that holds the main thread is told when it lets go. */
export function startWallTime({ settings, flush }: WallTimeOptions): WallTime {
  const { jobEndTimeMs, wallTimeNoticeMs, checkpointTimeoutMs } = settings;
  const { checkpoint } = settings.parts;
  let said: Promise<void> | undefined;

  const remainingSeconds = (): number | undefined =>
    jobEndTimeMs === undefined ? undefined : Math.max(0, jobEndTimeMs - Date.now()) / 1000;
  const say = async (signal: NodeJS.Signals | undefined): Promise<void> => {
    const cause = signal === undefined ? "end_time" : "signal";
    const reason = { cause, signal, remainingSeconds: remainingSeconds() } as const;
    emitWallTimeNear(reason);
    if (checkpoint === undefined) return;
    // What was emitted is safe before anything of the program's can go wrong.
    await flush();
    await runCheckpoint(checkpoint, reason, checkpointTimeoutMs);
  };
  const near = (signal: NodeJS.Signals | undefined): Promise<void> => {
    // A process that runs nothing and has nothing to save is ended without a word.
    if (said === undefined && checkpoint === undefined && !isRunActive()) return Promise.resolve();
    return (said ??= say(signal));
  };
  const notice =
    jobEndTimeMs === undefined
      ? undefined
      : startWallTimeNotice({ endTimeMs: jobEndTimeMs, noticeMs: wallTimeNoticeMs }, () => {
          void near(undefined).then(flush);
        });
  return { signalled: near, stop: () => notice?.stop() };
}
