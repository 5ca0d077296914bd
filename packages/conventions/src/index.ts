export { attributes } from "./registry/attributes.ts";
export { spans } from "./registry/spans.ts";
export { events } from "./registry/events.ts";
export { metrics } from "./registry/metrics.ts";
export { resource } from "./registry/resource.ts";
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
