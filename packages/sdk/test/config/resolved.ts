import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@runlight/testing";
import { resolveSettings } from "../../src/config/resolve-settings.ts";
import { type ConfigFault, TelemetryConfigError } from "../../src/config/telemetry-config-error.ts";
import type { TelemetryConfig } from "../../src/config/telemetry-config.ts";
import type { TelemetrySettings } from "../../src/config/telemetry-settings.ts";

/** The three sources of one resolution. */
export interface Sources {
  /** Anything, as a JavaScript program can give anything. */
  readonly options?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of the working directory. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Settings resolved in a working directory of their own. */
export async function resolved({ options = {}, environment = {}, files = {} }: Sources): Promise<TelemetrySettings> {
  using directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory.path, name, ".."), { recursive: true });
    writeFileSync(join(directory.path, name), text);
  }
  return await resolveSettings(options as TelemetryConfig, { ...environment }, directory.path);
}

/** The error of sources that have faults. */
export async function refused(sources: Sources): Promise<TelemetryConfigError> {
  try {
    await resolved(sources);
  } catch (error) {
    if (error instanceof TelemetryConfigError) return error;
    throw error;
  }
  throw new Error("no fault was told");
}

/** The faults as `where path: rule = value`, short enough to be read in a test. */
export function lines(faults: readonly ConfigFault[]): string[] {
  return faults.map(({ path, rule, value, where }) => `${where} ${path}: ${rule} = ${value}`);
}

/** Absolute path of a fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}
