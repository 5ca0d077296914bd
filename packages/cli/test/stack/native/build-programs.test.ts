import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { buildPrograms } from "../../../src/stack/build-programs.ts";
import type { BuildProgress } from "../../../src/stack/go-build.ts";
import type { Program, ProgramName } from "../../../src/stack/programs.ts";

const run = promisify(execFile);
const timeout = 300_000;

/** A program that needs nothing but Go, so that its build takes seconds. */
function writeModule(root: string, name: ProgramName, source: string): Program {
  mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, name, "go.mod"), `module ${name}.invalid\n\ngo 1.26\n`);
  writeFileSync(join(root, name, "go.sum"), "");
  writeFileSync(join(root, name, "main.go"), source);
  return {
    name,
    title: name,
    version: "1.2.3",
    moduleDirectory: name,
    targets: [{ binary: name, goPackage: "." }],
    namesOnPath: [name],
    buildTags: [],
    linkerVariables: { "main.version": "1.2.3" },
    coldBuildSeconds: 1,
  };
}

const printVersion = 'package main\n\nvar version = ""\n\nfunc main() { println(version) }\n';

test(
  "buildPrograms() builds into the cache, removes Go's caches, and does nothing the second time",
  { timeout },
  async () => {
    using directory = temporaryDirectory();
    const program = writeModule(directory.path, "tempo", printVersion);
    const cacheDirectory = join(directory.path, "cache");
    mkdirSync(join(cacheDirectory, "loki-1.0.0-000000000000.partial-1"), { recursive: true });
    const progress: BuildProgress[] = [];
    const settings = {
      stackRoot: directory.path,
      cacheDirectory,
      keepBuildCache: false,
      onProgress: (_: Program, step: BuildProgress): void => void progress.push(step),
      onWait: (): void => {},
    };

    const [result] = await buildPrograms([program], settings);
    if (result === undefined || "error" in result) throw new Error("It was not built", { cause: result });
    const { stderr } = await run(join(result.directory, "tempo"));
    expect(stderr).toBe("1.2.3\n");
    expect(readdirSync(cacheDirectory)).toEqual([result.directory.slice(cacheDirectory.length + 1)]);
    expect(progress[0]).toEqual({ phase: "resolve" });
    expect(progress.at(-1)).toMatchObject({ phase: "done" });
    const compiled = progress.filter((step) => step.phase === "compile");
    expect(compiled.at(-1)?.donePackages).toBeGreaterThan(10);
    expect(compiled.at(-1)?.donePackages).toBeLessThanOrEqual(compiled.at(-1)!.totalPackages);

    progress.length = 0;
    expect(await buildPrograms([program], settings)).toEqual([result]);
    expect(progress).toEqual([]);
  },
);

test(
  "buildPrograms() names the log of what cannot be built, builds the others and keeps Go's caches",
  { timeout },
  async () => {
    using directory = temporaryDirectory();
    const bad = writeModule(directory.path, "loki", "package main\n\nfunc main() { missing() }\n");
    const good = writeModule(directory.path, "tempo", printVersion);
    const cacheDirectory = join(directory.path, "cache");
    const results = await buildPrograms([bad, good], {
      stackRoot: directory.path,
      cacheDirectory,
      keepBuildCache: false,
      onProgress: () => {},
      onWait: () => {},
    });
    const failed = results.find((result) => result.program === bad)!;
    if (!("error" in failed)) throw new Error("It was built");
    const log = /^Cannot build loki 1\.2\.3: go build ended with code 1; log: (\S+)$/.exec(failed.error.message)?.[1];
    expect(readFileSync(log!, "utf8")).toContain("undefined: missing");
    expect(results.find((result) => result.program === good)).toMatchObject({
      directory: expect.any(String) as string,
    });
    expect(existsSync(join(cacheDirectory, ".go"))).toBe(true);
  },
);
