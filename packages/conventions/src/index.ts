export { attributes } from "./registry/attributes.ts";
export { spans } from "./registry/spans.ts";
export { events } from "./registry/events.ts";
export { metrics } from "./registry/metrics.ts";
export { resource } from "./registry/resource.ts";
export { foldedEvents, lifecycleEvents, lifecyclePlace, promptEvents, toldKinds } from "./lifecycle.ts";
export type { LifecycleEvents, LifecycleMoment, LifecyclePlace } from "./lifecycle.ts";
export type {
  AttributeEntry,
  AttributeType,
  EventEntry,
  MetricEntry,
  ResourceEntry,
  Source,
  SpanEntry,
  Stability,
} from "./registry/entry.ts";
