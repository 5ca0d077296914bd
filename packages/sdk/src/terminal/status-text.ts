import { styleText } from "node:util";
import { formatCount, formatDuration, formatShare } from "@runlight/core";
import type { Progress } from "@runlight/core";
import { unitAfter } from "./printable.ts";
import type { RunStatus } from "./run-status.ts";
import type { TerminalCapability } from "./terminal-capability.ts";
import { operationLabel } from "./watched-operation.ts";
import type { WatchedOperation } from "./watched-operation.ts";

/** Runs, and open operations of each, that have a line; the others are counted. */
export const maxLines = 4;

const barWidth = 20;
/** Made for the first line: it reads its tables, 5 ms that most processes never need. */
let segmenter: Intl.Segmenter | undefined;

/**
 * The live status, for each run:
 *
 *     monthly-processing  ████████████░░░░░░░░  61%  4.8 s, about 3.1 s left
 *       1,978,941 of 3,000,000 rows, 412,000/s
 *       fit 2001-05  0.3 s  4 iterations
 */
export function statusText(runs: Iterable<RunStatus>, look: TerminalCapability): string {
  return atMost([...runs], "run", (run) => [
    ...runLines(run, look),
    ...atMost([...run.open].reverse(), "stage", (operation) => [stageLine(operation)], "  "),
  ])
    .map((line) => cut(line, look.width - 1))
    .map((line) => (line.startsWith(" ") || !look.colour ? line : styleText("bold", line, { validateStream: false })))
    .join("\n");
}

function runLines({ root, progressSeconds }: RunStatus, look: TerminalCapability): string[] {
  const { durationSeconds } = root;
  const progress = root.run?.progress;
  const elapsed = formatDuration(durationSeconds);
  if (progress === undefined) return [`${operationLabel(root)}  ${elapsed}`];
  const share = progress.total === undefined ? 0 : progress.done / progress.total;
  const drawn = progress.total === undefined ? [] : [bar(share, look.unicode)];
  const left = secondsLeft(share, progressSeconds, durationSeconds);
  return [
    [
      operationLabel(root),
      ...drawn,
      left === undefined ? elapsed : `${elapsed}, about ${formatDuration(left)} left`,
    ].join("  "),
    `  ${amount(progress)}${progressSeconds > 0 ? `, ${formatCount(progress.done / progressSeconds)}/s` : ""}`,
  ];
}

/** Supposes that the rest goes as fast as what was done by the last progress; too little tells nothing. */
function secondsLeft(share: number, progressSeconds: number, durationSeconds: number): number | undefined {
  if (share < 0.05 || share >= 1) return undefined;
  return Math.max(0, progressSeconds / share - durationSeconds);
}

function stageLine(operation: WatchedOperation): string {
  const { lastProgress: progress, items, durationSeconds } = operation;
  const counted =
    items.processed > 0 ? [`${formatCount(items.processed)} ${unitAfter(items.processed, items.unit)}`] : [];
  return [
    "  " + operationLabel(operation),
    formatDuration(durationSeconds),
    ...(progress ? [amount(progress)] : counted),
  ].join("  ");
}

function bar(share: number, unicode: boolean): string {
  const [full, empty] = unicode ? ["█", "░"] : ["#", "-"];
  const filled = Math.floor(share * barWidth);
  return `${full.repeat(filled)}${empty.repeat(barWidth - filled)} ${formatShare(share).padStart(4)}`;
}

function amount({ done, total, unit = "" }: Progress): string {
  const count = total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return `${count} ${unitAfter(total ?? done, unit)}`.trimEnd();
}

function atMost<T>(all: readonly T[], what: string, lines: (one: T) => string[], indent = ""): string[] {
  const more = all.length - maxLines;
  return [
    ...all.slice(0, maxLines).flatMap(lines),
    ...(more > 0 ? [`${indent}and ${formatCount(more)} more ${unitAfter(more, what)}`] : []),
  ];
}

function cut(line: string, width: number): string {
  segmenter ??= new Intl.Segmenter();
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment);
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
