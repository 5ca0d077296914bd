import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const version = "1.45.2";
const packages = [`opentelemetry-sdk==${version}`, `opentelemetry-exporter-otlp-proto-http==${version}`];
const timeoutMs = 180_000;

/** Longest that {@link pythonWithOpenTelemetry} takes, in milliseconds. */
export const pythonTimeoutMs: number = 2 * timeoutMs;

const directory = join(homedir(), ".cache", "runlight", "test-python", version);
const interpreter = join(directory, "bin", "python");

/**
 * The path of a Python that has OpenTelemetry's SDK, in a virtual environment that is made once for this user; or why there is none.
 * On Debian `python3 -m venv` is in the package python3-venv.
 */
export async function pythonWithOpenTelemetry(): Promise<{ readonly path: string } | { readonly missing: string }> {
  if (existsSync(interpreter)) return { path: interpreter };
  // Made beside its place: one that is half done is never taken for whole, and of two that make it one wins.
  const making = `${directory}.${process.pid}`;
  try {
    await mkdir(dirname(directory), { recursive: true });
    await run("python3", ["-m", "venv", making], { timeout: timeoutMs });
    await run(
      join(making, "bin", "python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages],
      {
        timeout: timeoutMs,
      },
    );
    await rename(making, directory).catch((error: unknown) => {
      if (!existsSync(interpreter)) throw error;
    });
    return { path: interpreter };
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).trim().split("\n").slice(-1);
    return { missing: `Python with OpenTelemetry cannot be made ready here: ${line}` };
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}
