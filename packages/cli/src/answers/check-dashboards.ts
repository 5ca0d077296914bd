import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkDashboard, checkDashboardIds, describeFault } from "@runlight/dashboards";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { findStackRoot } from "../stack/stack-root.ts";

/** Checks every dashboard of a folder and prints what is wrong. Throws `CommandFault` with exit code 1 when something is, 2 when there is none. */
export async function checkDashboards({ output }: Invocation, options: { readonly folder?: string }): Promise<void> {
  const folder =
    options.folder === undefined ? join(findStackRoot(), "grafana", "dashboards") : resolve(options.folder);
  const files = readDashboards(folder);
  if (files.length === 0) {
    throw new CommandFault(
      `Cannot check dashboards: --folder must be a folder with JSON files, current value is ${folder}`,
      2,
    );
  }
  const faults = [...files.flatMap(({ file, text }) => checkDashboard(file, text)), ...checkDashboardIds(files)];
  for (const fault of faults) await output.write(`${describeFault(fault)}\n`);
  const counted = `${files.length} ${files.length === 1 ? "dashboard" : "dashboards"}`;
  if (faults.length === 0) await output.write(`${counted}: every query parses and names only what is emitted\n`);
  await output.flush();
  if (faults.length > 0) throw new CommandFault(`${faults.length} faults in ${counted}`, 1);
}

function readDashboards(folder: string): readonly { readonly file: string; readonly text: string }[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  } catch {
    return [];
  }
}
