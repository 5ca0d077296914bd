import {
  ATTR_RUNLIGHT_FOLD_COUNT,
  ATTR_RUNLIGHT_FOLD_DURATION_MAX,
  ATTR_RUNLIGHT_FOLD_DURATION_SUM,
  ATTR_RUNLIGHT_FOLD_FAILED,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
} from "@runlight/conventions/names";
import type { DecodedSpan } from "@runlight/spool";
import { numberAt, textAt } from "../record/attributes.ts";
import { spanSeconds } from "../record/span-entry.ts";
import type { PlacedSpan } from "./run-spans.ts";

/** Kernel calls that a run's spans tell of: one call, or all that one span stands for. */
export interface KernelCalls {
  readonly name: string;
  readonly count: number;
  readonly failed: number;
  readonly durationSeconds: number;
  readonly maxSeconds: number;
}

/**
 * The kernel calls of a run, each exactly once.
 *
 * Where an operation made so many that the later ones were folded, a summary span counts all the folded ones, the few among them that have
 * spans of their own besides too: those are passed over. Keeps the summary spans in memory, one for each name under each operation.
 * @param folded The run's spans that may be summary spans.
 * @param all All the run's spans.
 */
export function* kernelCalls(folded: Iterable<PlacedSpan>, all: Iterable<PlacedSpan>): Generator<KernelCalls> {
  const foldedSince = new Map<string, bigint>();
  for (const { span } of folded) {
    if (!isKernel(span) || !isSummary(span)) continue;
    foldedSince.set(placeOf(span), span.startTimeUnixNano);
    yield {
      name: nameOf(span),
      count: numberAt(span.attributes, ATTR_RUNLIGHT_FOLD_COUNT) ?? 0,
      failed: numberAt(span.attributes, ATTR_RUNLIGHT_FOLD_FAILED) ?? 0,
      durationSeconds: numberAt(span.attributes, ATTR_RUNLIGHT_FOLD_DURATION_SUM) ?? 0,
      maxSeconds: numberAt(span.attributes, ATTR_RUNLIGHT_FOLD_DURATION_MAX) ?? 0,
    };
  }
  for (const { span } of all) {
    if (!isKernel(span) || isSummary(span)) continue;
    const since = foldedSince.get(placeOf(span));
    if (since !== undefined && span.startTimeUnixNano >= since) continue;
    const durationSeconds = spanSeconds(span);
    yield {
      name: nameOf(span),
      count: 1,
      failed: endedWell(span) ? 0 : 1,
      durationSeconds,
      maxSeconds: durationSeconds,
    };
  }
}

function isKernel(span: DecodedSpan): boolean {
  return span.attributes[ATTR_RUNLIGHT_OPERATION_KIND] === "kernel";
}

function isSummary(span: DecodedSpan): boolean {
  return span.attributes[ATTR_RUNLIGHT_FOLD_COUNT] !== undefined;
}

function placeOf(span: DecodedSpan): string {
  return `${span.parentSpanId} ${nameOf(span)}`;
}

function nameOf(span: DecodedSpan): string {
  return textAt(span.attributes, ATTR_RUNLIGHT_OPERATION_NAME) ?? span.name;
}

function endedWell(span: DecodedSpan): boolean {
  const outcome = span.attributes[ATTR_RUNLIGHT_OPERATION_OUTCOME];
  return outcome === "success" || outcome === "skip";
}
