import type { Attributes, Context } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_DURATION_MAX,
  ATTR_RUNLIGHT_FOLD_DURATION_MIN,
  ATTR_RUNLIGHT_FOLD_DURATION_P50,
  ATTR_RUNLIGHT_FOLD_DURATION_P95,
  ATTR_RUNLIGHT_FOLD_DURATION_SUM,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_FOLD_KEPT,
} from "@runlight/conventions/names";
import { endedWell } from "../operation/outcome.ts";
import type { OpenOperation, OperationEnd, OperationSink, OperationStart } from "../sink/operation-sink.ts";
import { createDurationSketch } from "./duration-sketch.ts";
import { createUnrecordedChildren } from "./unrecorded-children.ts";

/** Most failed children of one fold that keep spans and records of their own. */
export const maxKeptFailures = 100;

/** What became of the same-named children past the bound: metrics for each, spans for few, one summary span. */
export interface Fold {
  /** Opens one more child without a span; what happens inside belongs to its parent. */
  open(start: OperationStart, parent: Context): OpenOperation;
  /** Writes the slowest and the summary span, when the parent ends. */
  close(): void;
}

interface Ended {
  readonly start: OperationStart;
  readonly end: OperationEnd;
  readonly parent: Context;
}

/** Begins to fold children of `operation`. A span is written for each failure (at most {@link maxKeptFailures}), for the 1st, 2nd, 4th, 8th, … child and for the slowest. */
export function createFold(sink: OperationSink, operation: OpenOperation): Fold {
  const durations = createDurationSketch();
  const unrecorded = createUnrecordedChildren();
  let failed = 0;
  let kept = 0;
  let slowest: Ended | undefined;
  let first: Ended | undefined;
  let last: Ended | undefined;

  function keep({ start, end, parent }: Ended, extra: Attributes): void {
    kept += 1;
    sink.span(start, { ...end, attributes: { ...extra, ...end.attributes } }, parent);
  }

  /** With metrics and records: under the ids of a span of its own, for its records must not be taken for those of what is around it. */
  function keepWhole({ start, end, parent }: Ended, attributes: Attributes): void {
    kept += 1;
    const open = sink.open(start, parent);
    open.setAttributes(attributes);
    open.close(end);
  }

  function ended(child: Ended, attributes: Attributes): void {
    const seconds = Math.max(0, child.end.endTimeMs - child.start.startTimeMs) / 1000;
    if (durations.count === 0 || seconds > durations.max) slowest = child;
    durations.add(seconds);
    first ??= child;
    last = child;
    const well = endedWell(child.end.outcome);
    if (!well) failed += 1;
    if (!well && failed <= maxKeptFailures) keepWhole(child, attributes);
    else {
      sink.measure(child.start, child.end, child.parent);
      unrecorded.add(child.start, child.end);
      if (!well || !Number.isInteger(Math.log2(durations.count))) return;
      keep(child, attributes);
    }
    if (slowest === child) slowest = undefined;
  }

  return {
    open(start, parent) {
      const attributes: Attributes = {};
      return {
        context: parent,
        spanContext: () => operation.spanContext(),
        setAttributes: (added) => void Object.assign(attributes, added),
        close: (end) => ended({ start, end, parent }, attributes),
      };
    },
    close() {
      if (first === undefined || last === undefined) return;
      if (slowest !== undefined) keep(slowest, {});
      const record = unrecorded.record();
      if (record !== undefined) sink.emit(record, first.parent);
      sink.span(
        summaryStart(first.start),
        {
          ...last.end,
          outcome: "success",
          statusMessage: undefined,
          attributes: {
            [ATTR_RUNLIGHT_FOLD_COUNT]: durations.count,
            [ATTR_RUNLIGHT_FOLD_KEPT]: kept,
            [ATTR_RUNLIGHT_FOLD_FAILED]: failed,
            [ATTR_RUNLIGHT_FOLD_DURATION_SUM]: durations.sum,
            [ATTR_RUNLIGHT_FOLD_DURATION_MIN]: durations.min,
            [ATTR_RUNLIGHT_FOLD_DURATION_P50]: durations.quantile(0.5),
            [ATTR_RUNLIGHT_FOLD_DURATION_P95]: durations.quantile(0.95),
            [ATTR_RUNLIGHT_FOLD_DURATION_MAX]: durations.max,
          },
        },
        first.parent,
      );
    },
  };
}

function summaryStart(first: OperationStart): OperationStart {
  const { kind, name, run, startTimeMs, attributes, spanKind } = first;
  return {
    kind,
    name: `${name} (folded)`,
    run,
    isRoot: false,
    startTimeMs,
    attributes,
    links: [],
    spanKind,
    record: undefined,
  };
}
