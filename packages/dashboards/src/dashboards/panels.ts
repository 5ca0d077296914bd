import { PanelBuilder as BarGaugePanelBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import { VizOrientation } from "@grafana/grafana-foundation-sdk/common";
import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import type { DashboardLink, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsPanelBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { DataqueryBuilder as LokiQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import { PanelBuilder as StatPanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TablePanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import { DataqueryBuilder as TempoQueryBuilder, SearchTableType } from "@grafana/grafana-foundation-sdk/tempo";
import { PanelBuilder as TimeseriesPanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { ATTR_WORKFLOW_EXECUTION_ID } from "@runlight/conventions/names";
import { dataSourceIds } from "../data-sources.ts";
import { prometheusLabel } from "../prometheus-name.ts";
import type { UnplacedPanel } from "./layout.ts";
import { panelLinks, runLink, traceLink, traceLogsLink } from "./links.ts";
import { instantTarget, logql, rangeTarget, tableTarget } from "./targets.ts";
import type { Query } from "./targets.ts";

/** What every panel has. */
export interface PanelText {
  /** Stays the same for good: links and embedded panels name it. */
  readonly id: number;
  readonly title: string;
  /** One sentence: what is seen, over what time. */
  readonly description: string;
  /** Grafana's name of the unit. Default: a plain number. */
  readonly unit?: string;
}

/** A big number; `redAbove` turns it red from that value on, `redBelow` below it. */
export function statPanel(
  text: PanelText,
  query: Query,
  colour: { readonly redAbove?: number; readonly redBelow?: number } = {},
): UnplacedPanel {
  const { redAbove, redBelow } = colour;
  const steps =
    redBelow === undefined
      ? [{ value: null, color: "green" }, ...(redAbove === undefined ? [] : [{ value: redAbove, color: "red" }])]
      : [
          { value: null, color: "red" },
          { value: redBelow, color: "green" },
        ];
  return describe(new StatPanelBuilder(), text, query.source)
    .noValue("0")
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .withTarget(instantTarget(query, "A"));
}

/** Lines over time, one for each series, with exemplars that lead to traces. */
export function linesPanel(text: PanelText, ...queries: readonly [Query, ...Query[]]): UnplacedPanel {
  const panel = describe(new TimeseriesPanelBuilder(), text, queries[0].source);
  for (const [index, query] of queries.entries()) panel.withTarget(rangeTarget(query, refId(index)));
  return panel;
}

/** A bar for each series at the end of the time shown. */
export function barsPanel(text: PanelText, query: Query): UnplacedPanel {
  return describe(new BarGaugePanelBuilder(), text, query.source)
    .orientation(VizOrientation.Horizontal)
    .withTarget(instantTarget(query, "A"));
}

/** One column of values of a table. */
export interface TableColumn {
  readonly title: string;
  readonly unit?: string;
  readonly query: Query;
}

/** A table of one row a label set; each query fills one column. */
export function metricTable(text: PanelText, columns: readonly [TableColumn, ...TableColumn[]]): UnplacedPanel {
  const table = describe(new TablePanelBuilder(), text, columns[0].query.source);
  const renames: Record<string, string> = {};
  for (const [index, { title, unit = "short", query }] of columns.entries()) {
    table.withTarget(tableTarget(query, refId(index)));
    table.overrideByName(title, [{ id: "unit", value: unit }]);
    renames[columns.length === 1 ? "Value" : `Value #${refId(index)}`] = title;
  }
  return table
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({ id: "organize", options: { excludeByName: { Time: true }, renameByName: renames } });
}

const runId = prometheusLabel(ATTR_WORKFLOW_EXECUTION_ID);

/** Log records as rows: the time, the line and these labels; run and trace id lead there. */
export function recordTable(text: PanelText, expression: string, labels: readonly string[]): UnplacedPanel {
  const shown = ["Time", ...labels, runId, "trace_id", "Line"];
  return describe(new TablePanelBuilder(), text, "loki")
    .withTarget(new LokiQueryBuilder().refId("A").expr(expression).queryType("range").maxLines(200))
    .withTransformation({ id: "extractFields", options: { source: "labels", format: "auto", replace: false } })
    .withTransformation({ id: "filterFieldsByName", options: { include: { names: shown } } })
    .withTransformation({
      id: "organize",
      options: { indexByName: Object.fromEntries(shown.map((name, index) => [name, index])) },
    })
    .overrideByName(runId, [{ id: "links", value: [runLink] }])
    .overrideByName("trace_id", [{ id: "links", value: [traceLink, traceLogsLink] }]);
}

/** Log records as they were written. */
export function logsPanel(text: PanelText, expression: string): UnplacedPanel {
  return describe(new LogsPanelBuilder(), text, "loki")
    .showTime(true)
    .enableLogDetails(true)
    .withTarget(rangeTarget(logql(expression), "A"));
}

/** Traces that match a TraceQL query; each row links to its trace. */
export function tracesPanel(text: PanelText, query: string): UnplacedPanel {
  return describe(new TablePanelBuilder(), text, "tempo").withTarget(
    new TempoQueryBuilder().refId("A").queryType("traceql").query(query).limit(50).tableType(SearchTableType.Traces),
  );
}

function refId(index: number): string {
  return "ABCDEFGH".charAt(index);
}

interface DescribedPanel<Self> extends UnplacedPanel {
  id(id: number): Self;
  title(title: string): Self;
  description(text: string): Self;
  datasource(source: { type: string; uid: string }): Self;
  unit(unit: string): Self;
  links(links: Builder<DashboardLink>[]): Self;
  withTarget(target: Builder<Dataquery>): Self;
}

function describe<Self extends DescribedPanel<Self> & Builder<Panel>>(
  panel: Self,
  { id, title, description, unit = "short" }: PanelText,
  source: keyof typeof dataSourceIds,
): Self {
  return panel
    .id(id)
    .title(title)
    .description(description)
    .unit(unit)
    .links(panelLinks())
    .datasource({ type: source, uid: dataSourceIds[source] });
}
