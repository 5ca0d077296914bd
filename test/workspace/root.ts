import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Reads a text file by its path in the repository. */
export function readText(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

/** Reads a JSON file by its path in the repository; the caller says what shape it has. */
export function readJson<Shape>(path: string): Shape {
  return JSON.parse(readText(path)) as Shape;
}
