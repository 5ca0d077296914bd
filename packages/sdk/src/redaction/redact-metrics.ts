import type { MetricData, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { mapUnlessSame } from "./map-unless-same.ts";
import type { Redactor } from "./redactor.ts";

/** The metrics without secrets in the attributes of their points; the same object when they have none. */
export function redactMetrics(metrics: ResourceMetrics, redactor: Redactor): ResourceMetrics {
  const scopeMetrics = mapUnlessSame(metrics.scopeMetrics, (scope) => {
    const redacted = mapUnlessSame(scope.metrics, (metric) => redactPoints(metric, redactor));
    return redacted === scope.metrics ? scope : { ...scope, metrics: redacted };
  });
  return scopeMetrics === metrics.scopeMetrics ? metrics : { ...metrics, scopeMetrics };
}

function redactPoints(metric: MetricData, redactor: Redactor): MetricData {
  // The points of one metric have one type; the compiler cannot see that through the union.
  const points = metric.dataPoints as { readonly attributes: MetricData["dataPoints"][number]["attributes"] }[];
  const redacted = mapUnlessSame(points, (point) => {
    const attributes = redactor.attributes(point.attributes);
    return attributes === point.attributes ? point : { ...point, attributes };
  });
  return redacted === points ? metric : ({ ...metric, dataPoints: redacted } as MetricData);
}
