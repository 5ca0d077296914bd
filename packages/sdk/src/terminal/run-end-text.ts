import { formatBytes, formatCount, renderRunSummary } from "@runlight/core";
import type { RunSummary } from "@runlight/core";

/** What became of the process's telemetry so far. Counts are records: spans, log records, metric exports. */
export interface TelemetryAccount {
  /** Where it is kept; `undefined` when nothing is written to disk. */
  readonly directory: string | undefined;
  readonly kept: number;
  readonly sizeBytes: number;
  /** `undefined` when it is shipped nowhere. */
  readonly shipped: number | undefined;
  /** By reason; reasons that did not occur are absent. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Gives the account as it is now; `undefined` when there is none to give. */
export type TelemetryAccountSource = () => TelemetryAccount | undefined;

/** How the text is to look. */
export interface RunEndLook {
  readonly colour: boolean;
  readonly width: number;
  readonly account: TelemetryAccount | undefined;
}

/** What is printed when a run has ended: its summary, what became of its telemetry, and the commands to see more. */
export function runEndText(summary: RunSummary, { colour, width, account }: RunEndLook): string {
  const parts = ["", renderRunSummary(summary, { colour, width }).trimEnd()];
  if (account !== undefined) parts.push("", accountLine(account));
  if (account?.directory !== undefined) parts.push("", ...commandLines(summary.runId));
  return [...parts, ""].join("\n");
}

/** One line: `telemetry: 412 records kept (1.2 MiB in .runlight), none shipped, none dropped`. */
export function accountLine({ directory, kept, sizeBytes, shipped, dropped }: TelemetryAccount): string {
  const reasons = Object.entries(dropped).filter(([, count]) => count > 0);
  const said = [
    ...(directory === undefined
      ? []
      : [`${formatCount(kept)} records kept (${formatBytes(sizeBytes)} in ${directory})`]),
    shipped === undefined ? "shipped nowhere" : `${formatCount(shipped)} shipped so far`,
    reasons.length === 0
      ? "none dropped"
      : reasons.map(([reason, count]) => `${formatCount(count)} dropped: ${reason}`).join(", "),
  ];
  return `telemetry: ${said.join(", ")}`;
}

function commandLines(runId: string): string[] {
  return [
    "see more:",
    `  npx runlight show ${runId}   this run: stages, checks, errors, artifacts`,
    `  npx runlight logs ${runId}   its log records`,
    `  npx runlight runs${" ".repeat(runId.length)}   all runs`,
  ];
}
