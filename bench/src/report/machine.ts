import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, release, totalmem, type } from "node:os";

/** Where a suite was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
}

/** This machine. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: (processors[0]?.model ?? "unknown").trim(),
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
  };
}

/** The commit that is checked out; `undefined` outside of a checkout. */
export function describeRevision(): string | undefined {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The versions that `bench/` pins, by package. */
export function pinnedVersions(): ReadonlyMap<string, string> {
  const folders = ["../..", "../../opponents/ddtrace", "../../opponents/logfire", "../../opponents/traceloop"];
  return new Map(
    folders.flatMap((folder, index) => {
      const path = new URL(`${folder}/package.json`, import.meta.url);
      const { dependencies } = JSON.parse(readFileSync(path, "utf8")) as { dependencies: Record<string, string> };
      // Of an opponent's own tree the opponent itself; the others are what it asks for.
      const wanted = (name: string): boolean => index === 0 || !name.startsWith("@opentelemetry/");
      return Object.entries(dependencies).filter(([name]) => wanted(name));
    }),
  );
}
