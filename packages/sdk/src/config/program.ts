import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isRecord } from "./is-record.ts";

/** The program whose telemetry this is. */
export interface Program {
  /** Absolute path of its main script, links resolved; the working directory where there is no script. */
  readonly path: string;
  /** Name in the nearest `package.json` that has one. */
  readonly name: string | undefined;
  /** Version in the same `package.json`. */
  readonly version: string | undefined;
}

/** Finds out about the program; `mainScript` is `undefined` for `node --eval` and the like. */
export function describeProgram(mainScript: string | undefined, workingDirectory: string): Program {
  const path = realPath(mainScript === undefined ? workingDirectory : resolve(workingDirectory, mainScript));
  for (let directory = path; ; directory = dirname(directory)) {
    const manifest = readManifest(join(directory, "package.json"));
    if (manifest !== undefined) return { path, ...manifest };
    if (directory === dirname(directory)) return { path, name: undefined, version: undefined };
  }
}

function readManifest(path: string): Omit<Program, "path"> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isRecord(manifest)) return undefined;
    const name = textOf(manifest["name"]);
    // A package.json without a name only says how a directory's modules are read.
    return name === undefined ? undefined : { name, version: textOf(manifest["version"]) };
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
