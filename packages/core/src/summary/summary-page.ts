import { styleText } from "node:util";
import { formatBytes } from "../format/bytes.ts";
import { formatCount, formatShare } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatTime } from "../format/time.ts";
import type { CheckSummary, ErrorSummary, RunSummary, StageSummary, SuccessRate } from "./run-summary.ts";

/** How a page is printed. */
export interface PageSettings {
  readonly colour: boolean;
  /** Columns of the terminal, 40 or more. Default 100. */
  readonly width?: number;
}

type Style = "bold" | "dim" | "green" | "red" | "yellow";
type Paint = (style: Style, text: string) => string;

/** Renders a run's summary as the page a person reads at its end and in `runlight show`. Ends with a newline. */
export function renderRunSummary(summary: RunSummary, settings: PageSettings): string {
  const paint: Paint = (style, text) => (settings.colour ? styleText(style, text, { validateStream: false }) : text);
  const width = Math.max(40, settings.width ?? 100);
  const lines = [
    `${paint("bold", summary.workflow)}  ${paintStatus(summary.status, paint)}  ${formatDuration(summary.durationSeconds)}`,
    `  run       ${summary.runId}`,
    `  trace     ${summary.traceId === "" ? "-" : summary.traceId}`,
    `  started   ${formatTime(Date.parse(summary.startTime))}${summary.trigger === undefined ? "" : ` (${summary.trigger})`}`,
    ...facts(summary),
    ...section("stages", operationLines(summary.stages, width, paint)),
    ...section("pipelines", operationLines(summary.pipelines, width, paint)),
    ...section("bottlenecks", bottleneckLines(summary)),
    ...section("kernels", kernelLines(summary)),
    ...section(
      "checks",
      summary.checks.map((check) => checkLine(check, paint)),
    ),
    ...section(
      "artifacts",
      summary.artifacts.map(
        (artifact) => `${artifact.path}  ${formatBytes(artifact.sizeBytes)}  sha256 ${artifact.sha256.slice(0, 12)}`,
      ),
    ),
    ...section("open", summary.open),
    ...section(
      `warnings (${summary.warnings.count})`,
      summary.warnings.first.map((warning) => paint("yellow", inStage(warning.text, warning.stage))),
    ),
    ...section(
      `errors (${summary.errors.count})`,
      summary.errors.first.flatMap((error) => errorLines(error, paint)),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function paintStatus(status: RunSummary["status"], paint: Paint): string {
  if (status === "success") return paint("green", status);
  return paint(status === "running" || status === "skip" || status === "silent" ? "yellow" : "red", status);
}

function facts(summary: RunSummary): readonly string[] {
  const { progress } = summary;
  return [
    ...summary.items.map(
      ({ unit, processed, perSecond }) =>
        `  ${`${unit}s`.padEnd(9)} ${formatCount(processed)} (${formatCount(perSecond)}/s)`,
    ),
    ...(progress === undefined || summary.endTime !== undefined
      ? []
      : [
          `  progress  ${formatCount(progress.done)}${progress.total === undefined ? "" : ` of ${formatCount(progress.total)}`} ${progress.unit ?? ""}`.trimEnd(),
        ]),
    ...(summary.peakMemoryBytes === undefined ? [] : [`  memory    ${formatBytes(summary.peakMemoryBytes)} at peak`]),
    ...successFacts(summary),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

/** Of what there was more than nothing: how many ended well, of how many. */
function successFacts({ success }: RunSummary): readonly string[] {
  const rates: readonly (readonly [string, SuccessRate])[] = [
    ["stages", success.stages],
    ["pipelines", success.pipelines],
    ["kernels", success.kernels],
    ["attempts", success.attempts],
  ];
  const told = rates.filter(([, { count }]) => count > 0);
  if (told.length === 0) return [];
  return [`  success   ${told.map(([name, rate]) => `${name} ${successText(rate)}`).join(", ")}`];
}

function successText({ count, failed, rate = 0 }: SuccessRate): string {
  const text = `${formatCount(count - failed)} of ${formatCount(count)}`;
  if (failed === 0) return text;
  return `${text} (${rate >= 0.995 ? ">99%" : formatShare(rate)})`;
}

function bottleneckLines({ bottlenecks }: RunSummary): readonly string[] {
  const names = bottlenecks.map(({ kind, name }) => `${kind} ${name}`);
  const nameWidth = Math.min(40, Math.max(0, ...names.map((name) => name.length)));
  return bottlenecks.map(
    ({ selfSeconds, share }, index) =>
      `${(names[index] ?? "").padEnd(nameWidth)} ${formatDuration(selfSeconds).padStart(11)} ${formatShare(share).padStart(5)}`,
  );
}

function operationLines(operations: readonly StageSummary[], width: number, paint: Paint): readonly string[] {
  const nameWidth = Math.min(32, Math.max(0, ...operations.map(({ name }) => name.length)));
  const barWidth = Math.min(24, Math.max(0, width - nameWidth - 56));
  return operations.map((operation) => {
    const bar = "█".repeat(Math.round(operation.share * barWidth)).padEnd(barWidth);
    const line =
      `${operation.name.padEnd(nameWidth)} ${formatDuration(operation.durationSeconds).padStart(11)} ${formatShare(operation.share).padStart(5)} ${bar}${operationNotes(operation)}`.trimEnd();
    return operation.failed > 0 ? paint("red", line) : line;
  });
}

function operationNotes(operation: StageSummary): string {
  const { count, failed, items, itemsUnit = "item", durationSeconds, selfSeconds } = operation;
  const notes = [
    ...(count > 1 ? [`${formatCount(count)} times`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(selfSeconds < 0.99 * durationSeconds ? [`${formatDuration(selfSeconds)} itself`] : []),
    ...(items > 0 ? [`${formatCount(items)} ${itemsUnit}s (${formatCount(operation.itemsPerSecond)}/s)`] : []),
    ...memoryNotes(operation),
  ];
  return notes.length === 0 ? "" : ` ${notes.join(", ")}`;
}

function memoryNotes({ startMemoryBytes, endMemoryBytes, peakMemoryBytes }: StageSummary): readonly string[] {
  return [
    ...(startMemoryBytes === undefined || endMemoryBytes === undefined
      ? []
      : [`${formatBytes(startMemoryBytes)} to ${formatBytes(endMemoryBytes)}`]),
    ...(peakMemoryBytes === undefined ? [] : [`peak ${formatBytes(peakMemoryBytes)}`]),
  ];
}

function kernelLines(summary: RunSummary): readonly string[] {
  return summary.kernels.map(({ name, count, failed, durationSeconds, maxSeconds }) => {
    const failures = failed === 0 ? "" : `, ${formatCount(failed)} failed`;
    return `${name}  ${formatCount(count)} calls, ${formatDuration(durationSeconds)} in all, ${formatDuration(maxSeconds)} at most${failures}`;
  });
}

function checkLine(check: CheckSummary, paint: Paint): string {
  const style = { pass: "green", warning: "yellow", failure: "red" } as const;
  const bounds = [
    ...(check.min === undefined ? [] : [`>= ${check.min}`]),
    ...(check.max === undefined ? [] : [`<= ${check.max}`]),
  ].join(" and ");
  const why = check.reason ?? (bounds === "" ? undefined : `must be ${bounds}`);
  const unit = check.unit === undefined || check.unit === "1" ? "" : ` ${check.unit.replaceAll(/[{}]/gu, "")}`;
  const value = Number.isInteger(check.value) ? formatCount(check.value) : check.value.toPrecision(4);
  const place = [check.stage, check.subject].filter((part) => part !== undefined).join(" ");
  return `${paint(style[check.outcome], check.outcome.padEnd(7))} ${inStage(check.name, place === "" ? undefined : place)}: ${value}${unit}${why === undefined ? "" : ` (${why})`}`;
}

function errorLines(error: ErrorSummary, paint: Paint): readonly string[] {
  const head = paint("red", `${error.operation}: ${error.type}: ${error.message}`);
  const stack = (error.stacktrace ?? "").split("\n").filter((line) => /^\s+at |^Caused by/u.test(line));
  return [head, ...stack.slice(0, 12).map((line) => paint("dim", `  ${line.trim()}`))];
}

function inStage(text: string, stage: string | undefined): string {
  return stage === undefined ? text : `${text} [${stage}]`;
}
