import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Gives the folder that holds `collector/` and `grafana/`: the first above this file that does, else the first above the
 * working directory.
 *
 * @throws Error when there is none.
 */
export function findStackRoot(): string {
  const starts = [dirname(fileURLToPath(import.meta.url)), process.cwd()];
  for (const start of starts) {
    for (let directory = start; ; directory = dirname(directory)) {
      if (existsSync(join(directory, "collector", "agent.yaml")) && existsSync(join(directory, "grafana")))
        return directory;
      if (dirname(directory) === directory) break;
    }
  }
  throw new Error(
    `Cannot find the stack's files: a folder above ${starts.join(" or ")} must hold collector/agent.yaml and grafana/`,
  );
}
