import { SpanKind, TraceFlags } from "@opentelemetry/api";
import type { Attributes, Context, TraceState } from "@opentelemetry/api";
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

/** What a sampler is asked about a span besides its operation. */
export interface SamplingRequest {
  readonly parent: Context;
  /** Flags of the parent span; `undefined` where there is none. */
  readonly parentFlags: TraceFlags | undefined;
  readonly name: string;
  readonly traceId: { readonly hex: string };
}

/** Decides of one span. */
export type Sample = (start: OperationStart, request: SamplingRequest) => Sampling;

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
    return (_, { parentFlags }) =>
      parentFlags !== undefined && (parentFlags & TraceFlags.SAMPLED) === 0 ? dropped : sampled;
  }
  return (start, { parent, name, traceId }) => {
    const kind = start.spanKind ?? SpanKind.INTERNAL;
    const result = sampler.shouldSample(parent, traceId.hex, name, kind, { ...start.attributes }, [...start.links]);
    return {
      traceFlags: result.decision === recordedAndSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRecording: result.decision !== notRecorded,
      attributes: result.attributes,
      traceState: result.traceState,
    };
  };
}
