import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { Found } from "../claims.ts";
import type { ConfigFault } from "../telemetry-config-error.ts";

/** Where the configuration file is. */
export interface ConfigFilePlace {
  /** Absolute path. */
  readonly path: string;
  /** What faults call it: the path below the working directory, else the absolute one. */
  readonly name: string;
  /** What named it, for the fault that it cannot be read. */
  readonly givenBy: Pick<ConfigFault, "path" | "where">;
}

/** Name of the file that is looked for in the working directory. */
export const defaultFileName = "runlight.yaml";

/** The configuration file: the one named, else `runlight.yaml` in the working directory where there is one, else none. */
export function findConfigFile(
  named: Found<string> | undefined,
  workingDirectory: string,
): ConfigFilePlace | undefined {
  const path = resolve(workingDirectory, named?.value ?? defaultFileName);
  if (named === undefined && !existsSync(path)) return undefined;
  const below = relative(workingDirectory, path);
  const name = below.startsWith("..") || isAbsolute(below) ? path : below;
  if (named === undefined) return { path, name, givenBy: { path: "the file", where: name } };
  const where = named.place.source === "option" ? "options" : "environment";
  return { path, name, givenBy: { path: named.place.path, where } };
}
