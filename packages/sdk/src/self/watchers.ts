import { isMainThread } from "node:worker_threads";
import { startConsoleBridge } from "@runlight/logging";
import type { TelemetryAccount } from "../account.ts";
import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import type { Outlet } from "../outlet/outlet.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { startTerminalDisplay } from "../terminal/terminal-display.ts";
import { startEnvironmentRecord } from "./environment-record.ts";
import { startRunMetrics } from "./run-metrics.ts";
import { startRunSummaryFiles } from "./run-summary-files.ts";
import { startTroubleWatch } from "./trouble-watch.ts";
import type { Trouble } from "./trouble.ts";

/** What the watchers need. */
export interface WatcherOptions {
  readonly settings: TelemetrySettings;
  readonly outlet: Outlet;
  readonly redactor: Redactor;
  readonly trouble: Trouble;
  readonly account: () => TelemetryAccount;
}

/** Starts everything that looks on while the program runs: summaries, console, terminal. */
export function startWatchers({ settings, outlet, redactor, trouble, account }: WatcherOptions): { stop(): void } {
  const watchers: { stop(): void }[] = [
    startTroubleWatch(outlet, trouble),
    startRunMetrics(() => outlet.collectMetricsSoon()),
  ];
  if (outlet.state === "spool")
    watchers.push(startRunSummaryFiles({ directory: settings.directory, redactor, trouble }));
  if (settings.captureConsole) watchers.push(startConsoleBridge());
  // Process and terminal are one for all threads.
  if (isMainThread) {
    watchers.push(startEnvironmentRecord(process.cwd()));
    if (settings.display !== "none") watchers.push(startTerminalDisplay({ mode: settings.display, account }));
  }
  return {
    stop() {
      for (const watcher of watchers.toReversed()) watcher.stop();
    },
  };
}
