// Writes what is made from code under grafana/. With --check it only compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { renderGrafanaFiles } from "@runlight/dashboards";

const root = new URL("../../../grafana/", import.meta.url);
const check = process.argv.includes("--check");
for (const { path, text } of renderGrafanaFiles()) {
  const file = fileURLToPath(new URL(path, root));
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error(`grafana/${path} is stale: run npm run generate`);
    process.exitCode = 1;
  }
}
