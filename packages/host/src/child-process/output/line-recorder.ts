import * as api from "@opentelemetry/api";
import type { Attributes, Context } from "@opentelemetry/api";
import {
  ATTR_LOG_IOSTREAM,
  ATTR_RUNLIGHT_DROP_REASON,
  ATTR_RUNLIGHT_LINE_REPLACED,
  ATTR_RUNLIGHT_LINE_SIZE,
  ATTR_RUNLIGHT_SIGNAL,
  METRIC_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED,
  METRIC_RUNLIGHT_SPOOL_DROPPED,
} from "@runlight/conventions/names";
import { countMetric, operationAttributes } from "@runlight/core";
import type { OutputLine } from "./line-splitter.ts";
import { lineText } from "./line-text.ts";
import { createRecordAllowance } from "./record-allowance.ts";
import type { RecordAllowanceSettings } from "./record-allowance.ts";

/** One of the two streams a process writes. */
export type OutputStream = "stderr" | "stdout";

/** Severity of captured lines. */
export type LineSeverity = "INFO" | "WARN";

/** How lines become records. */
export interface LineRecorderSettings {
  /** Context of the operation that runs the process. */
  readonly context: Context;
  readonly severities: Readonly<Record<OutputStream, LineSeverity>>;
  readonly allowance: RecordAllowanceSettings;
}

/** Writes captured lines as log records. */
export interface LineRecorder {
  record(stream: OutputStream, line: OutputLine): void;
  /** Lines that came too fast to become records. */
  unrecorded(stream: OutputStream): number;
  /** Says once how many those were, and what else of the output was lost; nothing where nothing was. */
  tellLosses(others: readonly string[]): void;
}

/** Least time between two records of a line that is written over and over. */
export const overwrittenIntervalMs = 10_000;

const severityNumbers = { INFO: 9, WARN: 13 } as const;
const scopeName = "@runlight/host";

/** Writes the lines of both streams of one process. Never throws. */
export function createLineRecorder(settings: LineRecorderSettings): LineRecorder {
  const identity = operationAttributes(settings.context);
  const allowance = createRecordAllowance(settings.allowance);
  const refused = { stdout: 0, stderr: 0 };
  const lastOverwrittenMs = { stdout: Number.NEGATIVE_INFINITY, stderr: Number.NEGATIVE_INFINITY };

  function emit(severity: LineSeverity, body: string, attributes: Attributes): void {
    try {
      // Absent in API 1.9, although its type here is of 1.10.
      const logs = api.logs as typeof api.logs | undefined;
      logs?.getLogger(scopeName).emit({
        timestamp: performance.timeOrigin + performance.now(),
        severityNumber: severityNumbers[severity],
        severityText: severity,
        body,
        attributes: { ...attributes, ...identity },
        context: settings.context,
      });
    } catch {
      countMetric(METRIC_RUNLIGHT_SPOOL_DROPPED, 1, {
        [ATTR_RUNLIGHT_SIGNAL]: "logs",
        [ATTR_RUNLIGHT_DROP_REASON]: "encoding_failed",
      });
    }
  }

  return {
    record(stream, line) {
      if (line.sizeBytes === 0) return;
      const nowMs = performance.now();
      if (line.overwritten) {
        if (nowMs - lastOverwrittenMs[stream] < overwrittenIntervalMs) return;
        lastOverwrittenMs[stream] = nowMs;
      }
      if (!allowance.take(line.bytes.length, nowMs)) {
        refused[stream] += 1;
        return;
      }
      const { text, replaced } = lineText(line);
      if (text === "") return;
      emit(settings.severities[stream], text, {
        [ATTR_LOG_IOSTREAM]: stream,
        ...(line.sizeBytes > line.bytes.length ? { [ATTR_RUNLIGHT_LINE_SIZE]: line.sizeBytes } : {}),
        ...(replaced ? { [ATTR_RUNLIGHT_LINE_REPLACED]: true } : {}),
      });
    },
    unrecorded: (stream) => refused[stream],
    tellLosses(others) {
      const { stdout, stderr } = refused;
      for (const stream of ["stdout", "stderr"] as const)
        if (refused[stream] > 0)
          countMetric(METRIC_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED, refused[stream], { [ATTR_LOG_IOSTREAM]: stream });
      const { linesPerSecond, bytesPerSecond } = settings.allowance;
      const tooFast = `${stdout} lines of stdout and ${stderr} of stderr are no log records: they came faster than ${linesPerSecond} lines or ${bytesPerSecond} bytes a second`;
      const losses = [...(stdout + stderr > 0 ? [tooFast] : []), ...others];
      if (losses.length > 0) emit("WARN", `output is not complete: ${losses.join("; ")}`, {});
    },
  };
}
