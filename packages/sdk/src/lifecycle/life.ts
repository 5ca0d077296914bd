import { constants } from "node:os";
import { isMainThread } from "node:worker_threads";
import type { TelemetryAccount } from "../account.ts";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import { emitStopped } from "../self/stopped-record.ts";
import { tellTroubles } from "../self/trouble-watch.ts";
import type { Trouble } from "../self/trouble.ts";
import { startExceptionHook } from "./exception-hook.ts";
import { startExitHook } from "./exit-hook.ts";
import { flushAll, shutDownParts } from "./flush.ts";
import type { Flushable } from "./flush.ts";
import { startIdleHook } from "./idle-hook.ts";
import { startSignalHook } from "./signal-hook.ts";
import { startWallTime } from "./wall-time.ts";
import { deadlineIn } from "./within.ts";

/** Longest that ending by a signal is put off. */
const signalFlushMs = 2000;

/** What lives and ends. */
export interface LifeOptions extends Flushable {
  readonly settings: TelemetrySettings;
  readonly trouble: Trouble;
  readonly account: () => TelemetryAccount;
  /** Called first and last when telemetry is shut down. */
  readonly beforeEnd: () => void;
  readonly afterEnd: () => void;
}

/** The part of telemetry that lasts from its start to the end of the process. Neither rejects. */
export interface Life {
  flush(timeoutMs: number): Promise<boolean>;
  shutdown(timeoutMs: number): Promise<boolean>;
}

/** Keeps what was emitted however the process ends: by itself, by `process.exit()`, by an exception, by a signal, by `shutdown()`. */
export function startLife(options: LifeOptions): Life {
  const { settings, parts, outlet, trouble, account } = options;

  // How much had been emitted when the end was last told. The record of the end itself does not call for another one.
  let toldAt = -1;
  const tellEnd = (exitCode?: number): void => {
    if (outlet.taken === toldAt) return;
    outlet.write();
    emitStopped(account(), exitCode);
    toldAt = outlet.taken;
  };
  const flush = async (timeoutMs: number): Promise<boolean> => {
    const arrived = await flushAll({ parts, outlet }, timeoutMs);
    tellTroubles(outlet, trouble);
    return arrived;
  };
  const finish = (exitCode?: number): void => {
    tellEnd(exitCode);
    outlet.finish();
  };

  const hooks: { stop(): void }[] = [
    startIdleHook({
      isPending: () => outlet.taken !== toldAt,
      async drain() {
        tellEnd();
        await flush(settings.shutdownTimeoutMs);
      },
    }),
    startExceptionHook(),
    startExitHook(finish),
  ];
  // Signals reach the main thread only.
  if (isMainThread) {
    const timeoutMs = Math.min(signalFlushMs, settings.shutdownTimeoutMs);
    const flushShortly = async (): Promise<void> => void (await flush(timeoutMs));
    const wallTime = startWallTime({ settings, flush: flushShortly });
    const { checkpointSignal } = settings;
    const flushOnSignal = async (signal: NodeJS.Signals, ending: boolean): Promise<void> => {
      // An interrupt is a person's: nothing is near then but their patience.
      if (signal !== "SIGINT") await wallTime.signalled(signal);
      if (ending) tellEnd();
      await flush(timeoutMs);
    };
    // Not every system has every signal.
    const asked = (["SIGTERM", "SIGINT", checkpointSignal] as const).filter((signal) => signal in constants.signals);
    const outlived = settings.parts.checkpoint === undefined ? [] : [checkpointSignal];
    hooks.push(wallTime, startSignalHook({ signals: asked, outlived, flush: flushOnSignal, finish }));
  }

  let ended: Promise<boolean> | undefined;
  const end = async (timeoutMs: number): Promise<boolean> => {
    const deadline = deadlineIn(timeoutMs);
    options.beforeEnd();
    tellEnd();
    const arrived = await flush(deadline.remainingMs());
    for (const hook of hooks) hook.stop();
    await shutDownParts(settings.parts, deadline.remainingMs());
    outlet.finish();
    await outlet.close(deadline.remainingMs());
    options.afterEnd();
    return arrived;
  };
  return {
    flush: (timeoutMs) => ended ?? flush(timeoutMs),
    shutdown: (timeoutMs) => (ended ??= end(timeoutMs)),
  };
}
