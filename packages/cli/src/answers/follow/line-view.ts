import {
  ATTR_RUNLIGHT_OPERATION_DURATION,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
  ATTR_RUNLIGHT_SUBJECT_ID,
  EVENT_WORKFLOW_PROGRESS,
} from "@runlight/conventions/names";
import { formatCount, formatDuration, formatTimeOfDay } from "@runlight/core";
import type { FollowedRun, LogEntry } from "@runlight/store";
import type { TextOutput } from "../../output/text-output.ts";
import type { FollowView } from "./follow-view.ts";
import { amountOf, labelOf, leftOf, percentOf, shareOf } from "./operation-text.ts";

/** Most lines of one look; what is beyond is counted. */
export const maxLinesOfOneLook = 200;

/** Appends a line for each operation that begins or ends, and for progress: for pipes, files and CI. */
export function createLineView(output: TextOutput): FollowView {
  let attached = false;
  return {
    async show(followed, entries) {
      const nowMs = Date.now();
      // Of what happened before anybody looked, only what is open is told.
      const lines = attached ? entries.flatMap((entry) => lineOf(followed, entry, nowMs)) : openLines(followed);
      attached = true;
      for (const line of lines.slice(0, maxLinesOfOneLook)) await output.write(`${line}\n`);
      const more = lines.length - maxLinesOfOneLook;
      if (more > 0) await output.write(`… ${formatCount(more)} lines left out\n`);
      await output.flush();
    },
    close() {},
  };
}

function openLines({ live, run }: FollowedRun): readonly string[] {
  const open = [...live.open.values()].map(
    (operation) => `${formatTimeOfDay(operation.startMs)}  ${labelOf(operation)} started`,
  );
  return [`run ${run.runId} of ${run.workflow} on ${run.host}, process ${run.pid}`, ...open];
}

function lineOf(followed: FollowedRun, entry: LogEntry, nowMs: number): readonly string[] {
  const { eventName = "", attributes } = entry;
  const [kind = "", moment = ""] = eventName.split(".");
  const time = formatTimeOfDay(Number(BigInt(entry.timeUnixNano) / 1_000_000n));
  if (eventName === EVENT_WORKFLOW_PROGRESS) return [`${time}  ${progressText(followed, entry, nowMs)}`];
  if (attributes[ATTR_RUNLIGHT_OPERATION_KIND] !== kind) return [];
  switch (moment) {
    case "started":
      return [`${time}  ${labelIn(entry)} started`];
    case "completed":
    case "failed": {
      const outcome = textOf(attributes[ATTR_RUNLIGHT_OPERATION_OUTCOME]) ?? "error";
      const seconds = Number(attributes[ATTR_RUNLIGHT_OPERATION_DURATION] ?? Number.NaN);
      return [`${time}  ${labelIn(entry)} ended: ${outcome} after ${formatDuration(seconds)}`];
    }
    default:
      return [];
  }
}

function progressText(followed: FollowedRun, { attributes, spanId = "", ...entry }: LogEntry, nowMs: number): string {
  const report = {
    done: Number(attributes[ATTR_RUNLIGHT_PROGRESS_DONE]),
    total: numberOf(attributes[ATTR_RUNLIGHT_PROGRESS_TOTAL]),
    unit: textOf(attributes[ATTR_RUNLIGHT_PROGRESS_UNIT]),
  };
  const operation = followed.live.open.get(spanId);
  const eta = operation === undefined ? undefined : followed.etaOf(operation, nowMs);
  const left = eta === undefined ? "" : `, ${leftOf(eta)} left`;
  return `${labelIn({ ...entry, attributes })} progress: ${amountOf(report)}${percentOf(shareOf(report))}${left}`;
}

function labelIn({ attributes }: Pick<LogEntry, "attributes">): string {
  return labelOf({
    kind: textOf(attributes[ATTR_RUNLIGHT_OPERATION_KIND]) ?? "",
    name: textOf(attributes[ATTR_RUNLIGHT_OPERATION_NAME]) ?? "",
    subject: textOf(attributes[ATTR_RUNLIGHT_SUBJECT_ID]),
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}
