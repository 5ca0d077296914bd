import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { isBuilt, programDirectory, stackCacheDirectory } from "./program-cache.ts";
import { isAtLeastMinor, readProgramVersion } from "./program-version.ts";
import { programs } from "./programs.ts";
import type { Program } from "./programs.ts";
import type { Service } from "./services.ts";

const run = promisify(execFile);
const verifyTimeoutMs = 30_000;

/** An executable that can run a service. */
export interface LocatedProgram {
  readonly executable: string;
  readonly version: string;
  readonly from: "path" | "cache";
}

/** A search that found nothing, with what was seen on the way. */
export interface MissingProgram {
  readonly from: "nowhere";
  /** One line for each program on `PATH` that was refused. */
  readonly refused: readonly string[];
}

/** Where to look. */
export interface LocateSettings {
  readonly stackRoot: string;
  readonly cacheDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Finds a program: on `PATH` at the pinned minor version or a later one, if it accepts the configuration; else the one that was built.
 * A later release that refuses the configuration is passed over, and the result says so.
 */
export async function locateProgram(
  program: Program,
  service: Service,
  settings: LocateSettings,
): Promise<LocatedProgram | MissingProgram> {
  const refused: string[] = [];
  for (const executable of executablesOnPath(program, settings.environment)) {
    const version = await readProgramVersion(executable);
    if (version === undefined) {
      refused.push(`${executable} does not tell its version`);
    } else if (!isAtLeastMinor(version, program.version)) {
      refused.push(`${executable} is ${version}, ${program.version} or later is needed`);
    } else if (!(await acceptsConfiguration(executable, service, settings.environment))) {
      refused.push(`${executable} ${version} does not accept the configuration`);
    } else {
      return { executable, version, from: "path" };
    }
  }
  const directory = programDirectory(settings.cacheDirectory, settings.stackRoot, program);
  if (!isBuilt(directory, program)) return { from: "nowhere", refused };
  return { executable: join(directory, service.binary), version: program.version, from: "cache" };
}

function executablesOnPath(program: Program, environment: NodeJS.ProcessEnv): readonly string[] {
  const directories = (environment["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  return program.namesOnPath.flatMap((name) =>
    directories
      .map((directory) => join(directory, name))
      .filter(isExecutable)
      .slice(0, 1),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function acceptsConfiguration(
  executable: string,
  service: Service,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (service.verifyArgs === undefined) return true;
  try {
    await run(executable, service.verifyArgs, {
      timeout: verifyTimeoutMs,
      env: { ...environment, ...service.environment },
    });
    return true;
  } catch {
    return false;
  }
}

/** Path of a tool of Prometheus or Alertmanager: on `PATH`, else built for the stack; `undefined` when it is neither. */
export async function locateTool(
  tool: "amtool" | "promtool",
  stackRoot: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const program = programs.find(({ targets }) => targets.some(({ binary }) => binary === tool));
  if (program === undefined) return undefined;
  for (const executable of executablesOnPath({ ...program, namesOnPath: [tool] }, environment)) {
    const version = await readProgramVersion(executable);
    if (version !== undefined && isAtLeastMinor(version, program.version)) return executable;
  }
  const directory = programDirectory(stackCacheDirectory(environment), stackRoot, program);
  return isBuilt(directory, program) ? join(directory, tool) : undefined;
}
