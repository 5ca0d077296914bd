import { readdirSync } from "node:fs";
import { readJson, root } from "../workspace/root.ts";

/** One query of one panel. */
export interface PanelQuery {
  /** `<file> / <title of the panel> / <letter of the query>` */
  readonly title: string;
  readonly source: "loki" | "prometheus" | "tempo";
  readonly expression: string;
  /** Asked at one time, or over a span of time. */
  readonly isInstant: boolean;
}

/** A variable whose values are those of a label in Prometheus. */
export interface LabelVariable {
  readonly name: string;
  /** Series whose labels count; empty for all. */
  readonly selector: string;
  readonly label: string;
  /** What stands for all values. */
  readonly all: string;
}

/** What a dashboard asks. */
export interface DashboardQueries {
  readonly file: string;
  readonly variables: readonly LabelVariable[];
  readonly queries: readonly PanelQuery[];
}

interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly query?: string;
  readonly instant?: boolean;
  readonly queryType?: string;
}

interface Panel {
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly allValue?: string; readonly query?: unknown }[];
  };
}

const folder = "grafana/dashboards";

/** Reads what every shipped dashboard asks. */
export function readDashboards(): readonly DashboardQueries[] {
  return readdirSync(`${root}${folder}`)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const { panels, templating } = readJson<Dashboard>(`${folder}/${file}`);
      return {
        file,
        variables: templating.list.flatMap(({ name, query, allValue = ".*" }) => {
          const text = (query as { readonly query?: string } | undefined)?.query ?? "";
          const { selector = "", label } =
            /^label_values\((?:(?<selector>.+),\s*)?(?<label>\w+)\)$/.exec(text)?.groups ?? {};
          return label === undefined ? [] : [{ name, selector, label, all: allValue }];
        }),
        queries: panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).flatMap((panel) => queriesOf(file, panel)),
      };
    });
}

/** Puts values in the place of `$name`, `${name}` and `${name:format}`; throws when one is left. */
export function fillIn(expression: string, values: Readonly<Record<string, string>>): string {
  return expression.replaceAll(/\$(?:(\w+)|\{(\w+)(?::\w+)?\})/g, (_whole, plain?: string, braced?: string) => {
    const name = plain ?? braced ?? "";
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing stands for $${name} in ${expression}`);
    return value;
  });
}

function queriesOf(file: string, { title, datasource, targets = [] }: Panel): readonly PanelQuery[] {
  return targets.map(({ refId, expr, query, instant, queryType }) => ({
    title: `${file} / ${title} / ${refId}`,
    source: sourceOf(datasource?.uid ?? ""),
    expression: expr ?? query ?? "",
    isInstant: instant === true || queryType === "instant",
  }));
}

function sourceOf(uid: string): PanelQuery["source"] {
  const source = (["loki", "prometheus", "tempo"] as const).find((name) => uid === `runlight-${name}`);
  if (source === undefined) throw new Error(`No such data source: ${uid}`);
  return source;
}
