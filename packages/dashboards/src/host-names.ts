// Names of packages that `@runlight/host` uses; docs/decisions/0003-host-metrics.md has the list, with units.

/** A series that no registry of ours describes. */
export interface ForeignSeries {
  /** As Prometheus shows it. */
  readonly name: string;
  readonly labels: readonly string[];
}

/** Host and runtime metrics of a process. */
export const host = {
  memory: "process_memory_usage_bytes",
  cpu: "process_cpu_utilization_ratio",
  systemMemory: "system_memory_utilization_ratio",
  systemCpu: "system_cpu_utilization_ratio",
  delay: "nodejs_eventloop_delay_p99_seconds",
  eventLoop: "nodejs_eventloop_utilization_ratio",
  heap: "v8js_memory_heap_used_bytes",
  collections: "v8js_gc_duration_seconds_sum",
  resources: "v8js_resource_active",
  disk: "system_filesystem_utilization_ratio",
} as const;

/** The same with their labels. */
export const hostSeries: readonly ForeignSeries[] = [
  { name: host.memory, labels: [] },
  { name: host.cpu, labels: ["process_cpu_state"] },
  { name: host.systemMemory, labels: ["system_memory_state"] },
  { name: host.systemCpu, labels: ["system_cpu_state", "system_cpu_logical_number"] },
  { name: host.delay, labels: [] },
  { name: host.eventLoop, labels: [] },
  { name: host.heap, labels: ["v8js_heap_space_name"] },
  { name: host.collections, labels: ["v8js_gc_type"] },
  { name: host.resources, labels: ["v8js_resource_type"] },
  // The Collector's, of its own machine.
  { name: host.disk, labels: ["device", "mode", "mountpoint", "type"] },
];
