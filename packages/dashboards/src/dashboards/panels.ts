import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  DashboardLinkBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { DashboardLink, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsPanelBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder as LokiQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import {
  DataqueryBuilder as PrometheusQueryBuilder,
  PromQueryFormat,
} from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatPanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TablePanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import { DataqueryBuilder as TempoQueryBuilder, SearchTableType } from "@grafana/grafana-foundation-sdk/tempo";
import { PanelBuilder as TimeseriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { dataSourceIds } from "../data-sources.ts";

/** What every panel has: a stable id, a title, one sentence, its place on the grid of 24 columns. */
export interface PanelFrame {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly at: readonly [x: number, y: number, width: number, height: number];
}

/** A big number; `redAbove` turns it red beyond that value. */
export function statPanel(frame: PanelFrame, expression: string, redAbove?: number): Builder<Panel> {
  const steps =
    redAbove === undefined
      ? [{ value: null, color: "green" }]
      : [
          { value: null, color: "green" },
          { value: redAbove, color: "red" },
        ];
  return place(new StatPanelBuilder(), frame, "prometheus")
    .unit("short")
    .noValue("0")
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .withTarget(instantQuery(expression));
}

/** Lines over time, one for each series, with exemplars that lead to traces. */
export function linesPanel(frame: PanelFrame, unit: string, expression: string, legend: string): Builder<Panel> {
  return place(new TimeseriesPanelBuilder(), frame, "prometheus")
    .unit(unit)
    .withTarget(new PrometheusQueryBuilder().refId("A").expr(expression).legendFormat(legend).range().exemplar(true));
}

/** A table of one row a label set; each expression fills one column. */
export function metricTable(
  frame: PanelFrame,
  columns: readonly { readonly title: string; readonly unit: string; readonly expression: string }[],
): Builder<Panel> {
  const table = place(new TablePanelBuilder(), frame, "prometheus");
  const renames: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const refId = "ABCDEFGH".charAt(index);
    table.withTarget(instantQuery(column.expression).refId(refId).format(PromQueryFormat.Table));
    table.overrideByName(column.title, [{ id: "unit", value: column.unit }]);
    renames[columns.length === 1 ? "Value" : `Value #${refId}`] = column.title;
  }
  return table
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({ id: "organize", options: { excludeByName: { Time: true }, renameByName: renames } });
}

/** Log records. */
export function logsPanel(frame: PanelFrame, expression: string): Builder<Panel> {
  return place(new LogsPanelBuilder(), frame, "loki")
    .showTime(true)
    .enableLogDetails(true)
    .withTarget(new LokiQueryBuilder().refId("A").expr(expression));
}

/** Traces that match a TraceQL query; each row links to its trace. */
export function tracesPanel(frame: PanelFrame, query: string): Builder<Panel> {
  return place(new TablePanelBuilder(), frame, "tempo").withTarget(
    new TempoQueryBuilder().refId("A").queryType("traceql").query(query).limit(50).tableType(SearchTableType.Traces),
  );
}

/** A link from a panel to a URL, where `${__data.fields…}` names the row. */
export function linkTo(title: string, url: string): Builder<DashboardLink> {
  return new DashboardLinkBuilder(title).url(url).targetBlank(true);
}

function instantQuery(expression: string): PrometheusQueryBuilder {
  return new PrometheusQueryBuilder().refId("A").expr(expression).instant();
}

interface Placeable<Self> extends Builder<Panel> {
  id(id: number): Self;
  title(title: string): Self;
  description(text: string): Self;
  datasource(source: { type: string; uid: string }): Self;
  gridPos(position: { x: number; y: number; w: number; h: number }): Self;
  withTarget(target: Builder<Dataquery>): Self;
}

function place<Self extends Placeable<Self>>(panel: Self, frame: PanelFrame, source: keyof typeof dataSourceIds): Self {
  const [x, y, w, h] = frame.at;
  return panel
    .id(frame.id)
    .title(frame.title)
    .description(frame.description)
    .datasource({ type: source, uid: dataSourceIds[source] })
    .gridPos({ x, y, w, h });
}
