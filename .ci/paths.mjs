import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** What a machine remembers about this checkout; goes with node_modules. */
export const cacheDirectory = join(root, "node_modules", ".cache", "runlight");

/**
 * Gives the path of a file in the cache and makes its directory.
 * @param {string} name
 */
export function cacheFile(name) {
  mkdirSync(cacheDirectory, { recursive: true });
  return join(cacheDirectory, name);
}
