import { relative } from "node:path";
import { formatBytes, formatCount, renderRunSummary } from "@runlight/core";
import type { RunSummary } from "@runlight/core";
import { addDropped, signals } from "../account.ts";
import type { TelemetryAccount } from "../account.ts";
import { printable } from "./printable.ts";

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
  if (account !== undefined) parts.push("", ...accountLines(account));
  if (account?.directory !== undefined) parts.push("", ...commandLines(summary.runId));
  return [...parts, ""].join("\n");
}

/** What became of the telemetry: kept, shipped, dropped and why, and the last trouble. */
export function accountLines(account: TelemetryAccount): string[] {
  const { state, directory, sizeBytes, lastError } = account;
  if (state === "off") return ["telemetry is off: nothing was kept or shipped"];
  const all = signals.map((signal) => account.signals[signal]);
  const said = [
    ...(directory === undefined
      ? []
      : [`${formatCount(sum(all, "kept"))} records kept (${formatBytes(sizeBytes)} in ${shortPath(directory)})`]),
    ...(all.some(({ endpoint }) => endpoint !== undefined)
      ? [`${formatCount(sum(all, "shipped"))} shipped so far`]
      : ["no endpoint to ship to"]),
    droppedText(account),
  ];
  return [
    `telemetry: ${said.join(", ")}`,
    ...(lastError === undefined ? [] : [`  last trouble: ${printable(lastError)}`]),
  ];
}

function droppedText(account: TelemetryAccount): string {
  const dropped = signals.map((signal) => account.signals[signal].dropped).reduce(addDropped);
  const reasons = Object.entries(dropped).map(([reason, count]) => `${formatCount(count)} dropped (${reason})`);
  return reasons.length === 0 ? "none dropped" : reasons.join(", ");
}

function sum(counts: readonly { kept: number; shipped: number }[], what: "kept" | "shipped"): number {
  return counts.reduce((total, count) => total + count[what], 0);
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}

function commandLines(runId: string): string[] {
  return [
    "see more:",
    `  npx runlight show ${runId}   this run: stages, checks, errors, artifacts`,
    `  npx runlight logs ${runId}   its log records`,
    `  npx runlight runs ${" ".repeat(runId.length)}   all runs`,
  ];
}
