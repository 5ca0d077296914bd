import { TraceFlags } from "@opentelemetry/api";
import type { Attributes, Context, SpanKind, TraceState } from "@opentelemetry/api";
import type { Sampler, SamplingDecision } from "@opentelemetry/sdk-trace";
import type { OperationStart } from "@runlight/core";
import { followsParent } from "../config/rules/sampler-names.ts";

/* Decisions as values: to import the enumeration would load all of the stock SDK's traces. */
const notRecorded: SamplingDecision.NOT_RECORD = 0;
const recordedAndSampled: SamplingDecision.RECORD_AND_SAMPLED = 2;

/** What a sampler decided of one span. */
export interface Sampling {
  readonly traceFlags: TraceFlags;
  readonly isRecording: boolean;
  readonly attributes: Attributes | undefined;
  readonly traceState: TraceState | undefined;
}

/** What a sampler is asked about. */
interface SpanToSample {
  readonly start: OperationStart;
  readonly kind: SpanKind;
  readonly place: { readonly spanName: string };
  readonly traceId: { readonly hex: string };
  /** The span above, where there is one. */
  readonly above: { readonly traceFlags: TraceFlags } | undefined;
}

/** Decides of one span, which begins within `parent`. */
export type Sample = (span: SpanToSample, parent: Context) => Sampling;

const sampled: Sampling = {
  traceFlags: TraceFlags.SAMPLED,
  isRecording: true,
  attributes: undefined,
  traceState: undefined,
};
const dropped: Sampling = {
  traceFlags: TraceFlags.NONE,
  isRecording: false,
  attributes: undefined,
  traceState: undefined,
};

/** The sampler's decisions; one that only follows the parent is not asked. */
export function createSample(sampler: Sampler): Sample {
  if (followsParent(sampler)) {
    return ({ above }) => (above !== undefined && (above.traceFlags & TraceFlags.SAMPLED) === 0 ? dropped : sampled);
  }
  return ({ start, kind, place, traceId }, parent) => {
    const links = [...start.links];
    const result = sampler.shouldSample(parent, traceId.hex, place.spanName, kind, { ...start.attributes }, links);
    return {
      traceFlags: result.decision === recordedAndSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRecording: result.decision !== notRecorded,
      attributes: result.attributes,
      traceState: result.traceState,
    };
  };
}
