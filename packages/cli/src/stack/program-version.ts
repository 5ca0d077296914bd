import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const versionTimeoutMs = 10_000;

/** Gives the version that an executable prints for `--version`, or nothing when it prints none. */
export async function readProgramVersion(executable: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(executable, ["--version"], { timeout: versionTimeoutMs });
    return /version v?(\d+\.\d+[\w.+-]*)/.exec(`${stdout}\n${stderr}`)?.[1];
  } catch {
    return undefined;
  }
}

/** Tells whether a version is of the pinned minor release or a later one. */
export function isAtLeastMinor(version: string, pinned: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [pinnedMajor = 0, pinnedMinor = 0] = numbers(pinned);
  return major === pinnedMajor ? minor >= pinnedMinor : major > pinnedMajor;
}

/** Tells whether a version is this one or a later one, by its three numbers. */
export function isAtLeast(version: string, wanted: string): boolean {
  const have = numbers(version);
  for (const [index, number] of numbers(wanted).entries()) {
    const difference = (have[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): readonly number[] {
  return version
    .split(/[.+-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0);
}
