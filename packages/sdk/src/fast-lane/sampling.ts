import { SpanKind, TraceFlags } from "@opentelemetry/api";
import type { Attributes, Context, TraceState } from "@opentelemetry/api";
import { AlwaysOnSampler, ParentBasedSampler, SamplingDecision } from "@opentelemetry/sdk-trace";
import type { Sampler } from "@opentelemetry/sdk-trace";
import type { OperationStart } from "@runlight/core";

/** What a sampler decided of one span. */
export interface Sampling {
  readonly traceFlags: TraceFlags;
  readonly isRecording: boolean;
  readonly attributes: Attributes | undefined;
  readonly traceState: TraceState | undefined;
}

/** Decides of one span. */
export type Sample = (request: {
  readonly start: OperationStart;
  readonly parent: Context;
  /** Flags of the parent span; `undefined` where there is none. */
  readonly parentFlags: TraceFlags | undefined;
  readonly name: string;
  readonly traceId: { readonly hex: string };
}) => Sampling;

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
  const followsParent = new ParentBasedSampler({ root: new AlwaysOnSampler() }).toString();
  if (sampler instanceof ParentBasedSampler && sampler.toString() === followsParent) {
    return ({ parentFlags }) =>
      parentFlags !== undefined && (parentFlags & TraceFlags.SAMPLED) === 0 ? dropped : sampled;
  }
  return ({ start, parent, name, traceId }) => {
    const kind = start.spanKind ?? SpanKind.INTERNAL;
    const result = sampler.shouldSample(parent, traceId.hex, name, kind, { ...start.attributes }, [...start.links]);
    return {
      traceFlags: result.decision === SamplingDecision.RECORD_AND_SAMPLED ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRecording: result.decision !== SamplingDecision.NOT_RECORD,
      attributes: result.attributes,
      traceState: result.traceState,
    };
  };
}
