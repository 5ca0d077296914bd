import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isAtLeast } from "./program-version.ts";

const run = promisify(execFile);

/** The oldest Go release that builds all programs; Loki asks for it. */
export const neededGoVersion = "1.26.5";

/**
 * Gives the version of the Go toolchain on `PATH`.
 *
 * @throws Error with one line when there is none or it is too old.
 */
export async function requireGo(): Promise<string> {
  let output: string;
  try {
    ({ stdout: output } = await run("go", ["env", "GOVERSION"], { env: { ...process.env, GOTOOLCHAIN: "local" } }));
  } catch {
    throw new Error(
      `Cannot build the stack: Go ${neededGoVersion} or later must be on PATH (https://go.dev/dl/), none was found`,
    );
  }
  const version = output.trim().replace(/^go/, "");
  if (!isAtLeast(version, neededGoVersion)) {
    throw new Error(
      `Cannot build the stack: Go must be ${neededGoVersion} or later (https://go.dev/dl/), current value is ${version}`,
    );
  }
  return version;
}
