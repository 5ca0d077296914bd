import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { operationChannels } from "@runlight/core";
import type { RunSummary } from "@runlight/core";
import type { TelemetryAccount } from "../account.ts";
import { createLineReport } from "./line-report.ts";
import { createLiveStatus } from "./live-status.ts";
import { quietly } from "./quietly.ts";
import { runEndText } from "./run-end-text.ts";
import type { TelemetryAccountSource } from "./run-end-text.ts";
import { terminalCapability } from "./terminal-capability.ts";
import type { WatchedOperation } from "./watched-operation.ts";

/** What `startTerminalDisplay()` needs to know. */
export interface TerminalDisplaySettings {
  /** `auto` draws a live status where the stream is an interactive terminal and writes lines otherwise; `none` shows nothing. */
  readonly mode: "auto" | "lines" | "none";
  /** Default: stderr. */
  readonly stream?: NodeJS.WriteStream;
  /** Asked once at each run's end. Default: the account is left out. */
  readonly account?: TelemetryAccountSource;
}

/** A display that runs until it is stopped. */
export interface TerminalDisplay {
  /** Takes the live status away and shows nothing more. A second call does nothing. */
  stop(): void;
}

/**
 * Shows this process's runs on a terminal: a live status or one line a stage, and the summary page at each run's end.
 *
 * It never throws into the job, does not keep the process alive and never hides the cursor, so that there is nothing to restore
 * however the process ends. After an error of its own, or of the stream, it shows nothing more.
 */
export function startTerminalDisplay(settings: TerminalDisplaySettings): TerminalDisplay {
  const { mode, stream = process.stderr, account } = settings;
  if (mode === "none") return { stop() {} };
  const capability = terminalCapability(stream, process.env);
  const display = mode === "auto" && capability.live ? createLiveStatus(stream, capability) : createLineReport(stream);

  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    for (const [name, listener] of listeners) unsubscribe(name, listener);
    quietly(() => display.stop());
  };
  // A subscriber that throws would end the process as an uncaught exception.
  const guarded =
    <T>(show: (message: T) => void) =>
    (message: unknown): void => {
      if (!quietly(() => show(message as T))) stop();
    };
  const listeners = [
    [operationChannels.start, guarded<WatchedOperation>((operation) => display.started(operation))],
    [operationChannels.progress, guarded<WatchedOperation>((operation) => display.progressed(operation))],
    [operationChannels.end, guarded<WatchedOperation>((operation) => display.ended(operation))],
    [
      operationChannels.summary,
      guarded<RunSummary>((summary) => {
        const { colour, width } = terminalCapability(stream, process.env);
        let known: TelemetryAccount | undefined;
        quietly(() => (known = account?.()));
        display.print(runEndText(summary, { colour, width, account: known }));
      }),
    ],
  ] as const;

  // Stays for good: a closed pipe is told after the write, when the display may have stopped already.
  stream.on("error", stop);
  for (const [name, listener] of listeners) subscribe(name, listener);
  return { stop };
}
