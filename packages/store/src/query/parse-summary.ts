import type { CheckOutcome, OperationKind } from "@runlight/conventions/names";
import type { ProgressSummary, RunSummary, StageSummary, SuccessRate } from "@runlight/core";
import { isRunStatus } from "../run-listing.ts";

/**
 * The summary that stands in the body of a `workflow.summary` record; `undefined` where the body is not one.
 *
 * A record has no place for what is undefined: those properties are put back.
 */
export function parseSummary(body: unknown): RunSummary | undefined {
  const fields = fieldsOf(body);
  const { runId, workflow, status } = fields;
  if (typeof runId !== "string" || typeof workflow !== "string" || !isRunStatus(status)) return undefined;
  return {
    runId,
    workflow,
    status,
    traceId: text(fields["traceId"]),
    startTime: text(fields["startTime"]),
    endTime: optionalText(fields["endTime"]),
    durationSeconds: number(fields["durationSeconds"]),
    selfSeconds: optionalNumber(fields["selfSeconds"]),
    trigger: optionalText(fields["trigger"]),
    stages: list(fields["stages"], parseOperation),
    slowestStage: optionalText(fields["slowestStage"]),
    pipelines: list(fields["pipelines"], parseOperation),
    kernels: list(fields["kernels"], (kernel) => ({
      name: text(kernel["name"]),
      count: number(kernel["count"]),
      failed: number(kernel["failed"]),
      durationSeconds: number(kernel["durationSeconds"]),
      maxSeconds: number(kernel["maxSeconds"]),
    })),
    bottlenecks: list(fields["bottlenecks"], (bottleneck) => ({
      kind: text(bottleneck["kind"]) as OperationKind,
      name: text(bottleneck["name"]),
      selfSeconds: number(bottleneck["selfSeconds"]),
      share: number(bottleneck["share"]),
    })),
    success: {
      stages: parseRate(fieldsOf(fields["success"])["stages"]),
      pipelines: parseRate(fieldsOf(fields["success"])["pipelines"]),
      kernels: parseRate(fieldsOf(fields["success"])["kernels"]),
      attempts: parseRate(fieldsOf(fields["success"])["attempts"]),
    },
    items: list(fields["items"], (items) => ({
      unit: text(items["unit"]),
      processed: number(items["processed"]),
      perSecond: number(items["perSecond"]),
    })),
    progress: parseProgress(fields["progress"]),
    peakMemoryBytes: optionalNumber(fields["peakMemoryBytes"]),
    checks: list(fields["checks"], (check) => ({
      name: text(check["name"]),
      outcome: text(check["outcome"]) as CheckOutcome,
      value: optionalNumber(check["value"]) ?? Number.NaN,
      min: optionalNumber(check["min"]),
      max: optionalNumber(check["max"]),
      unit: optionalText(check["unit"]),
      reason: optionalText(check["reason"]),
      stage: optionalText(check["stage"]),
      subject: optionalText(check["subject"]),
    })),
    artifacts: list(fields["artifacts"], (artifact) => ({
      path: text(artifact["path"]),
      sizeBytes: number(artifact["sizeBytes"]),
      sha256: text(artifact["sha256"]),
    })),
    warnings: {
      count: number(fieldsOf(fields["warnings"])["count"]),
      first: list(fieldsOf(fields["warnings"])["first"], (warning) => ({
        time: text(warning["time"]),
        text: text(warning["text"]),
        stage: optionalText(warning["stage"]),
      })),
    },
    errors: {
      count: number(fieldsOf(fields["errors"])["count"]),
      first: list(fieldsOf(fields["errors"])["first"], (error) => ({
        time: text(error["time"]),
        operation: text(error["operation"]),
        type: text(error["type"]),
        message: text(error["message"]),
        stacktrace: optionalText(error["stacktrace"]),
      })),
    },
    open: Array.isArray(fields["open"]) ? fields["open"].filter((name) => typeof name === "string") : [],
  };
}

function parseOperation(operation: Fields): StageSummary {
  return {
    name: text(operation["name"]),
    count: number(operation["count"]),
    failed: number(operation["failed"]),
    durationSeconds: number(operation["durationSeconds"]),
    selfSeconds: number(operation["selfSeconds"]),
    share: number(operation["share"]),
    items: number(operation["items"]),
    itemsUnit: optionalText(operation["itemsUnit"]),
    itemsPerSecond: number(operation["itemsPerSecond"]),
    startMemoryBytes: optionalNumber(operation["startMemoryBytes"]),
    endMemoryBytes: optionalNumber(operation["endMemoryBytes"]),
    peakMemoryBytes: optionalNumber(operation["peakMemoryBytes"]),
  };
}

function parseRate(value: unknown): SuccessRate {
  const fields = fieldsOf(value);
  return { count: number(fields["count"]), failed: number(fields["failed"]), rate: optionalNumber(fields["rate"]) };
}

function parseProgress(value: unknown): ProgressSummary | undefined {
  const fields = fieldsOf(value);
  const done = optionalNumber(fields["done"]);
  return done === undefined
    ? undefined
    : { done, total: optionalNumber(fields["total"]), unit: optionalText(fields["unit"]) };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function list<Entry>(value: unknown, parse: (fields: Fields) => Entry): readonly Entry[] {
  return Array.isArray(value) ? value.map((entry) => parse(fieldsOf(entry))) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number {
  return optionalNumber(value) ?? 0;
}

function optionalNumber(value: unknown): number | undefined {
  return typeof value === "bigint" ? Number(value) : typeof value === "number" ? value : undefined;
}
