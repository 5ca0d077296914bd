import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNpm } from "./measure/children.ts";
import { tell } from "./report/progress.ts";

const bench = fileURLToPath(new URL("..", import.meta.url));
const asked = new Map<string, Promise<string | undefined>>();

/**
 * Installs what a folder below `bench/` has in its lock, unless that is there already.
 *
 * @returns why it could not; `undefined` when it is there
 */
export function ensureInstalled(folder: string): Promise<string | undefined> {
  let answer = asked.get(folder);
  if (answer === undefined) asked.set(folder, (answer = install(join(bench, folder), folder)));
  return answer;
}

async function install(directory: string, folder: string): Promise<string | undefined> {
  const lock = createHash("sha256")
    .update(readFileSync(join(directory, "package-lock.json")))
    .digest("hex");
  // Written last: without it an installation was broken off.
  const mark = join(directory, "node_modules", ".installed-lock");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return undefined;
  const startedMs = Date.now();
  tell(`Installing bench/${folder === "." ? "" : folder} ...`);
  const failure = await runNpm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], directory);
  if (failure !== undefined) return `it could not be installed: ${failure}`;
  writeFileSync(mark, lock);
  tell(`Installed in ${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
  return undefined;
}
