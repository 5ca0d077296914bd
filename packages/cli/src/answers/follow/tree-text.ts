import { formatBytes, formatCount, formatDuration, formatShare } from "@runlight/core";
import type { FollowedRun, LiveOperation, LogEntry } from "@runlight/store";
import { printableLine } from "../../output/printable.ts";
import { styleCell } from "../../output/style.ts";
import type { CellStyle } from "../../output/style.ts";
import { amountOf, countOf, labelOf, leftOf, shareOf } from "./operation-text.ts";

/** How the tree is to look. */
export interface TreeLook {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
  /** Lines there is room for. */
  readonly height: number;
}

/** What is drawn. */
export interface TreeContent {
  readonly followed: FollowedRun;
  /** The record a person would want to see last. */
  readonly lastLine: LogEntry | undefined;
  readonly nowMs: number;
}

const barWidth = 20;
const deepestIndent = 8;
const segmenter = new Intl.Segmenter();

/**
 * The open operations of a run as a tree, the run first, and below them what was said last, memory and counts:
 *
 *     workflow monthly-processing  ████████░░░░░░░░░░░░  42%  12.4 s  1 of 3 months  15.0 s to 19.0 s left
 *       stage fit 2001-02  2.0 s  40 of 100 iterations
 *     last  [fit] did not converge yet
 *     3 stages done, 1 open · 312 MiB, at most 340 MiB
 */
export function treeText({ followed, lastLine, nowMs }: TreeContent, look: TreeLook): string {
  const { live } = followed;
  const operations = inTreeOrder([...live.open.values()]);
  const room = Math.max(1, look.height - 4);
  const shown = operations.slice(0, room);
  const hidden = operations.length - shown.length + live.unfollowed;
  const lines = [
    ...shown.map(({ operation, depth }) => operationLine(followed, { operation, depth, nowMs })),
    ...(hidden > 0 ? [`  … and ${formatCount(hidden)} more open`] : []),
    ...(lastLine === undefined ? [] : [`last  ${saidIn(lastLine)}`]),
    footOf(followed),
  ];
  return lines
    .map((line) => cut(line, look.width - 1))
    .map((line, index) => paint(line, index === 0 ? "active" : index < shown.length ? undefined : "quiet", look.colour))
    .join("\n");
}

interface TreeNode {
  readonly operation: LiveOperation;
  readonly depth: number;
}

function inTreeOrder(operations: readonly LiveOperation[]): readonly TreeNode[] {
  const known = new Set(operations.map(({ spanId }) => spanId));
  const children = Map.groupBy(operations, ({ parentSpanId = "" }) => (known.has(parentSpanId) ? parentSpanId : ""));
  const below = (parent: string, depth: number): TreeNode[] =>
    (children.get(parent) ?? []).flatMap((operation) => [{ operation, depth }, ...below(operation.spanId, depth + 1)]);
  return below("", 0);
}

function operationLine(followed: FollowedRun, { operation, depth, nowMs }: TreeNode & { nowMs: number }): string {
  const { pace, startMs } = operation;
  const share = shareOf(pace.last);
  const eta = followed.etaOf(operation, nowMs);
  return [
    "  ".repeat(Math.min(depth, deepestIndent)) + labelOf(operation),
    ...(share === undefined ? [] : [bar(share)]),
    formatDuration(Math.max(0, nowMs - startMs) / 1000),
    ...(pace.last === undefined ? [] : [amountOf(pace.last)]),
    ...(eta === undefined ? [] : [`${leftOf(eta)} left`]),
  ].join("  ");
}

function bar(share: number): string {
  const filled = Math.floor(share * barWidth);
  return `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${formatShare(share).padStart(4)}`;
}

function saidIn({ stage, body, eventName }: LogEntry): string {
  const place = stage === undefined ? "" : `[${stage}] `;
  return printableLine(`${place}${typeof body === "string" ? body : (eventName ?? "")}`);
}

function footOf(followed: FollowedRun): string {
  const { stagesDone, stagesFailed, open, warnings, errors, memoryBytes, peakMemoryBytes } = followed.live;
  const openStages = [...open.values()].filter(({ kind }) => kind === "stage").length;
  const status = followed.status();
  const counts = [
    ...(status === "running" ? [] : [status]),
    `${countOf(stagesDone, "stage")} done`,
    ...(openStages > 0 ? [`${formatCount(openStages)} open`] : []),
    ...(stagesFailed > 0 ? [`${formatCount(stagesFailed)} failed`] : []),
    ...(warnings > 0 ? [countOf(warnings, "warning")] : []),
    ...(errors > 0 ? [countOf(errors, "error")] : []),
  ].join(", ");
  const memory = [
    ...(memoryBytes === undefined ? [] : [formatBytes(memoryBytes)]),
    ...(peakMemoryBytes === undefined ? [] : [`at most ${formatBytes(peakMemoryBytes)}`]),
  ].join(", ");
  return memory === "" ? counts : `${counts} · ${memory}`;
}

function paint(line: string, style: CellStyle | undefined, colour: boolean): string {
  return colour && style !== undefined ? styleCell(line, style) : line;
}

function cut(line: string, width: number): string {
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment);
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
