import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import type { DashboardLink } from "@grafana/grafana-foundation-sdk/dashboard";
import { ATTR_RUNLIGHT_OPERATION_KIND } from "@runlight/conventions/names";
import { dataSourceIds } from "../data-sources.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { chosenSpans } from "./selectors.ts";

/** A link on a value of a table: `url` may name `${__value.raw}`. */
export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank: boolean;
}

const variables = "${service:queryparam}&${environment:queryparam}&${workflow:queryparam}";

/** From every panel: the logs and the traces of what the variables choose, at the time that is shown. */
export function panelLinks(): Builder<DashboardLink>[] {
  const spans = chosenSpans.replace("$service", "${service:pipe}").replace("$workflow", "${workflow:pipe}");
  const traces = `{ ${spans} && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "workflow" }`;
  const url = exploreUrl(dataSourceIds.tempo, { queryType: "traceql", query: traces }, "${__from}", "${__to}");
  return [
    new DashboardLinkBuilder("Logs")
      .type(DashboardLinkType.Link)
      .url(`/d/${dashboardIds.logs}?\${__url_time_range}&${variables}`),
    new DashboardLinkBuilder("Traces").type(DashboardLinkType.Link).url(url),
  ];
}

/** The page of the run whose id is the value. */
export const runLink: DataLink = {
  title: "This run",
  url: `/d/${dashboardIds.run}?\${__url_time_range}&var-run=\${__value.raw}`,
  targetBlank: false,
};

/** The trace whose id is the value. */
export const traceLink: DataLink = {
  title: "Trace",
  url: exploreUrl(dataSourceIds.tempo, { queryType: "traceql", query: "${__value.raw}" }, "${__from}", "${__to}"),
  targetBlank: true,
};

/** The records of the trace whose id is the value. */
export const traceLogsLink: DataLink = {
  title: "Logs of the trace",
  url: exploreUrl(
    dataSourceIds.loki,
    { expr: '{service_name=~".+"} | trace_id="${__value.raw}"' },
    "${__from}",
    "${__to}",
  ),
  targetBlank: true,
};

function exploreUrl(source: string, query: Readonly<Record<string, string>>, from: string, to: string): string {
  const pane = { datasource: source, queries: [{ refId: "A", ...query }], range: { from, to } };
  // What Grafana fills in has to stay readable for it.
  const encoded = encodeURIComponent(JSON.stringify({ a: pane })).replaceAll(
    /%24%7B(.*?)%7D/gu,
    (_whole, name: string) => `\${${decodeURIComponent(name)}}`,
  );
  return `/explore?schemaVersion=1&panes=${encoded}`;
}
