/** A variable of OpenTelemetry that is not read; a trailing `*` stands for any rest of the name. */
export interface UnreadVariable {
  readonly name: string;
  readonly reason: string;
}

/** Variables whose presence changes nothing of what is kept or where it goes. */
export const ignoredVariables: readonly UnreadVariable[] = [
  { name: "OTEL_EXPORTER_OTLP_INSECURE", reason: "for gRPC; the scheme of the URL says it for HTTP" },
  { name: "OTEL_EXPORTER_OTLP_TRACES_INSECURE", reason: "as above" },
  { name: "OTEL_EXPORTER_OTLP_METRICS_INSECURE", reason: "as above" },
  { name: "OTEL_EXPORTER_OTLP_LOGS_INSECURE", reason: "as above" },
  { name: "OTEL_EXPORTER_ZIPKIN_*", reason: "of an exporter that cannot be chosen" },
  { name: "OTEL_EXPORTER_JAEGER_*", reason: "of an exporter that cannot be chosen" },
  { name: "OTEL_EXPORTER_PROMETHEUS_*", reason: "of an exporter that cannot be chosen" },
  {
    name: "OTEL_NODE_RESOURCE_DETECTORS",
    reason: "host, operating system, process and service are always described, and never command-line arguments",
  },
  { name: "OTEL_NODE_ENABLED_INSTRUMENTATIONS", reason: "read by the package that bundles instrumentations" },
  { name: "OTEL_NODE_DISABLED_INSTRUMENTATIONS", reason: "read by the package that bundles instrumentations" },
  { name: "OTEL_NODE_EXPERIMENTAL_SDK_METRICS", reason: "Runlight counts what it keeps and drops by itself" },
  { name: "OTEL_SEMCONV_STABILITY_OPT_IN", reason: "read by the instrumentations" },
  { name: "OTEL_INSTRUMENTATION_*", reason: "read by the instrumentations" },
  { name: "OTEL_ENTITIES", reason: "in development" },
];

/** Variables that would promise something that does not happen: their presence is a fault. */
export const refusedVariables: readonly UnreadVariable[] = [
  { name: "OTEL_EXPERIMENTAL_CONFIG_FILE", reason: "unset, as OTEL_CONFIG_FILE names the file" },
  { name: "OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT", reason: "unset, as it is OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT" },
  { name: "OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT", reason: "unset, as it is OTEL_LINK_ATTRIBUTE_COUNT_LIMIT" },
  { name: "OTEL_EXPORTER_OTLP_SPAN_INSECURE", reason: "unset, as the scheme of the URL says it" },
  { name: "OTEL_EXPORTER_OTLP_METRIC_INSECURE", reason: "unset, as the scheme of the URL says it" },
];
