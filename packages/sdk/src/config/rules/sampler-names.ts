import type { Sampler } from "@opentelemetry/sdk-trace";
import { lazy } from "../../providers/lazy-providers.ts";
import { stockTraces } from "../../providers/stock-packages.ts";
import { numberBetween, oneOf, type Rule } from "./rule.ts";

/** The samplers that `OTEL_TRACES_SAMPLER` names and we have. */
export const samplerName: Rule<SamplerName> = oneOf(
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
);

/** Name of a sampler. */
export type SamplerName =
  | "always_off"
  | "always_on"
  | "parentbased_always_off"
  | "parentbased_always_on"
  | "parentbased_traceidratio"
  | "traceidratio";

/** Share of the traces a ratio sampler keeps. */
export const samplerRatio: Rule<number> = numberBetween(0, 1);

/** The sampler for a name; the ratio counts for the two ratio samplers only. */
export function createSampler(name: SamplerName, ratio: number): Sampler {
  if (name === "parentbased_always_on") return parentFollower();
  const { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } = stockTraces();
  switch (name) {
    case "always_on":
      return new AlwaysOnSampler();
    case "always_off":
      return new AlwaysOffSampler();
    case "traceidratio":
      return new TraceIdRatioBasedSampler(ratio);
    case "parentbased_always_off":
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case "parentbased_traceidratio":
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}

/** How the sampler that only follows the parent describes itself. */
const parentFollowing =
  "ParentBased{root=AlwaysOnSampler, remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOffSampler}";

/** True for a sampler that takes what has no parent, and otherwise what the parent's sampler took: it need not be asked. */
export function followsParent(sampler: Sampler): boolean {
  return sampler.toString() === parentFollowing;
}

/** The default. It loads the stock sampler when it is asked, which operations need not do. */
function parentFollower(): Sampler {
  const stock = lazy(() => {
    const { AlwaysOnSampler, ParentBasedSampler } = stockTraces();
    return new ParentBasedSampler({ root: new AlwaysOnSampler() });
  });
  return { shouldSample: (...asked) => stock.get().shouldSample(...asked), toString: () => parentFollowing };
}
