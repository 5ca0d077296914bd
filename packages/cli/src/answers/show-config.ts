import { resolveSettings } from "@runlight/sdk";
import type { SettingOrigin } from "@runlight/sdk";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { renderTable } from "../output/table.ts";
import type { Column } from "../output/table.ts";

/** What `runlight config show` was asked. */
export interface ShowConfigOptions {
  readonly origin?: boolean;
  readonly json?: boolean;
}

/** Prints the settings that a program started here would get. Throws `TelemetryConfigError` with all faults. */
export async function showConfig({ output }: Invocation, options: ShowConfigOptions): Promise<void> {
  // The name and the version shall be those of a program in this directory, not of this command.
  process.argv[1] = process.cwd();
  const settings = await resolveSettings({}, process.env, process.cwd());
  const rows = [...settings.origins]
    .map(([path, origin]) => ({ path, ...origin }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (options.json === true) {
    await output.write(toJsonDocument({ file: settings.file, settings: rows }));
  } else {
    await output.write(renderTable(options.origin === true ? [...columns, ...originColumns] : columns, rows, output));
  }
  await output.flush();
}

interface Row extends SettingOrigin {
  readonly path: string;
}

const columns: readonly Column<Row>[] = [
  { title: "SETTING", text: ({ path }) => path },
  { title: "VALUE", text: ({ value }) => value, flexible: true },
];

const originColumns: readonly Column<Row>[] = [
  { title: "SOURCE", text: ({ source }) => source, style: ({ source }) => (source === "default" ? "quiet" : "active") },
  { title: "WHERE", text: ({ where }) => where, flexible: true },
];
