import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder as LokiQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import {
  DataqueryBuilder as PrometheusQueryBuilder,
  PromQueryFormat,
} from "@grafana/grafana-foundation-sdk/prometheus";

/** A question in PromQL or LogQL. */
export interface Query {
  readonly source: "loki" | "prometheus";
  readonly expression: string;
  /** Name of a series, with `{{label}}`. */
  readonly legend?: string;
}

/** A question in PromQL. */
export function promql(expression: string, legend?: string): Query {
  return { source: "prometheus", expression, ...(legend === undefined ? {} : { legend }) };
}

/** A question in LogQL. */
export function logql(expression: string, legend?: string): Query {
  return { source: "loki", expression, ...(legend === undefined ? {} : { legend }) };
}

/** The query's values over time; of metrics with their exemplars. */
export function rangeTarget({ source, expression, legend = "" }: Query, refId: string): Builder<Dataquery> {
  return source === "prometheus"
    ? new PrometheusQueryBuilder().refId(refId).expr(expression).legendFormat(legend).range().exemplar(true)
    : new LokiQueryBuilder().refId(refId).expr(expression).legendFormat(legend).queryType("range");
}

/** The query's values at the end of the time shown. */
export function instantTarget({ source, expression, legend = "" }: Query, refId: string): Builder<Dataquery> {
  return source === "prometheus"
    ? new PrometheusQueryBuilder().refId(refId).expr(expression).legendFormat(legend).instant()
    : new LokiQueryBuilder().refId(refId).expr(expression).legendFormat(legend).queryType("instant");
}

/** The same, as rows of a table. */
export function tableTarget(query: Query, refId: string): Builder<Dataquery> {
  return query.source === "prometheus"
    ? new PrometheusQueryBuilder().refId(refId).expr(query.expression).format(PromQueryFormat.Table).instant()
    : instantTarget(query, refId);
}
