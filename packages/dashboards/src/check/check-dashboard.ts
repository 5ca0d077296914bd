import { gridColumns } from "../dashboards/layout.ts";
import { dataSourceIds } from "../data-sources.ts";
import { checkQuery } from "./check-query.ts";
import type { Fault } from "./fault.ts";
import type { QueryLanguage } from "./read-query.ts";

interface ReadPanel {
  readonly id?: number;
  readonly title?: string;
  readonly type?: string;
  readonly description?: string;
  readonly datasource?: { readonly uid?: string };
  readonly gridPos?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults?: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr?: string; readonly query?: string }[];
}

interface ReadDashboard {
  readonly uid?: string;
  readonly schemaVersion?: number;
  readonly panels?: readonly ReadPanel[];
}

const languages: Readonly<Record<string, QueryLanguage>> = {
  [dataSourceIds.prometheus]: "PromQL",
  [dataSourceIds.loki]: "LogQL",
  [dataSourceIds.tempo]: "TraceQL",
};
const panelTypes = new Set(["bargauge", "logs", "stat", "table", "timeseries"]);
const withoutUnit = new Set(["logs"]);

/** Everything that is wrong with the dashboard in a file, given as the text of the file. */
export function checkDashboard(file: string, text: string): readonly Fault[] {
  let dashboard: ReadDashboard;
  try {
    dashboard = JSON.parse(text) as ReadDashboard;
  } catch (error) {
    return [{ where: file, problem: `is no JSON (${(error as Error).message})`, mend: "run npm run generate" }];
  }
  const { uid, schemaVersion, panels = [] } = dashboard;
  const faults: Fault[] = [];
  const wrong = (where: string, problem: string, mend: string): void => void faults.push({ where, problem, mend });
  if (typeof uid !== "string" || !/^[a-z0-9-]{1,40}$/u.test(uid))
    wrong(file, "has no uid of at most 40 characters", "give it one in dashboard-ids.ts");
  if (schemaVersion !== 42)
    wrong(file, `schemaVersion is ${String(schemaVersion)}`, "build it with the classic builder, which writes 42");
  if (panels.length === 0) wrong(file, "has no panel", "give it rows");
  const ids = new Set<number | undefined>();
  for (const panel of panels) {
    const where = `${file}: panel ${String(panel.id)} "${String(panel.title)}"`;
    if (!Number.isInteger(panel.id) || ids.has(panel.id))
      wrong(where, "its id is taken or no whole number", "give it one of its own, for good");
    ids.add(panel.id);
    if (!panelTypes.has(String(panel.type)))
      wrong(where, `its type is ${String(panel.type)}`, `take one of ${[...panelTypes].join(", ")}`);
    if (typeof panel.description !== "string" || panel.description === "")
      wrong(where, "has no description", "say in one sentence what is seen");
    if (!withoutUnit.has(String(panel.type)) && typeof panel.fieldConfig?.defaults?.unit !== "string")
      wrong(where, "has no unit", "give its text a unit");
    faults.push(...checkTargets(where, panel));
  }
  faults.push(...checkPlaces(file, panels));
  return faults;
}

function checkTargets(where: string, panel: ReadPanel): readonly Fault[] {
  const uid = String(panel.datasource?.uid);
  const language = languages[uid];
  if (language === undefined) {
    return [{ where, problem: `its data source is ${uid}`, mend: `take one of ${Object.keys(languages).join(", ")}` }];
  }
  const queries = (panel.targets ?? []).map(({ expr, query }) => expr ?? query ?? "");
  if (queries.length === 0) return [{ where, problem: "asks nothing", mend: "give it a query" }];
  return queries.flatMap((query) => checkQuery(where, language, query));
}

function checkPlaces(file: string, panels: readonly ReadPanel[]): readonly Fault[] {
  const taken = new Map<string, number | undefined>();
  const faults: Fault[] = [];
  for (const { id, title, gridPos } of panels) {
    const where = `${file}: panel ${String(id)} "${String(title)}"`;
    if (gridPos === undefined || gridPos.x + gridPos.w > gridColumns) {
      faults.push({ where, problem: "has no place on the grid", mend: "put it into a row" });
      continue;
    }
    const cells = Array.from(
      { length: gridPos.w * gridPos.h },
      (_, index) => `${gridPos.x + (index % gridPos.w)},${gridPos.y + Math.floor(index / gridPos.w)}`,
    );
    const other = cells.map((cell) => taken.get(cell)).find((holder) => holder !== undefined);
    if (other !== undefined)
      faults.push({ where, problem: `overlaps panel ${String(other)}`, mend: "put it into a row of its own" });
    for (const cell of cells) taken.set(cell, id);
  }
  return faults;
}

/** What is wrong with dashboards together: two with one uid. */
export function checkDashboardIds(
  files: readonly { readonly file: string; readonly text: string }[],
): readonly Fault[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ file, text }): Fault[] => {
    const uid = /^ {2}"uid": "([^"]*)"/mu.exec(text)?.[1];
    const other = uid === undefined ? undefined : seen.get(uid);
    if (uid !== undefined) seen.set(uid, file);
    return other === undefined
      ? []
      : [{ where: file, problem: `its uid is that of ${other}`, mend: "give it one of its own" }];
  });
}
