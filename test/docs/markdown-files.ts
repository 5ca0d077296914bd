import { readdirSync } from "node:fs";
import { root } from "../workspace/root.ts";

const notOurs = new Set(["node_modules", "dist", ".git", ".turbo", ".runlight", ".changeset", "coverage"]);

/** Gives the path of every Markdown file in the repository. */
export function markdownFiles(folder = ""): readonly string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownFiles(`${path}/`);
    return path.endsWith(".md") ? [path] : [];
  });
}
