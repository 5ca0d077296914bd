export { hostResource } from "./resource/host-resource.ts";
export { startHostMetrics } from "./metrics/host-metrics.ts";
export type { HostMetrics } from "./metrics/host-metrics.ts";
