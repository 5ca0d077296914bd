import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { locateProgram } from "../../src/stack/locate-program.ts";
import { programDirectory } from "../../src/stack/program-cache.ts";
import { programs } from "../../src/stack/programs.ts";
import { serviceOf, stackDirectories } from "../../src/stack/services.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

const stackRoot = findStackRoot();
const tempo = programs.find((program) => program.name === "tempo")!;

/** A program that tells a version and accepts a configuration or does not. */
function writeProgram(directory: string, name: string, version: string, verifyExitCode = 0): string {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$1" in --version) echo "${name}, version ${version} (branch: x)";; *) exit ${verifyExitCode};; esac\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

async function locate(root: string, path: readonly string[]): Promise<unknown> {
  const service = serviceOf("tempo", { stackRoot, directories: stackDirectories(root), portOffset: 0 });
  const environment = { PATH: [...path, "/usr/bin", "/bin"].join(":") };
  return locateProgram(tempo, service, { stackRoot, cacheDirectory: join(root, "cache"), environment });
}

test("locateProgram() takes the pinned minor version from PATH", async () => {
  using directory = temporaryDirectory();
  const executable = writeProgram(join(directory.path, "bin"), "tempo", "2.9.3");
  expect(await locate(directory.path, [join(directory.path, "bin")])).toEqual({
    executable,
    version: "2.9.3",
    from: "path",
  });
});

test("locateProgram() passes over an older version, and a later one that refuses the configuration", async () => {
  using directory = temporaryDirectory();
  const bin = join(directory.path, "bin");
  const executable = writeProgram(bin, "tempo", "2.8.9");
  expect(await locate(directory.path, [bin])).toEqual({
    from: "nowhere",
    refused: [`${executable} is 2.8.9, 2.9.0-rc.0 or later is needed`],
  });
  writeProgram(bin, "tempo", "3.0.3", 1);
  expect(await locate(directory.path, [bin])).toEqual({
    from: "nowhere",
    refused: [`${executable} 3.0.3 does not accept the configuration`],
  });
});

test("locateProgram() falls back to what was built", async () => {
  using directory = temporaryDirectory();
  const built = programDirectory(join(directory.path, "cache"), stackRoot, tempo);
  const executable = writeProgram(built, "tempo", tempo.version);
  const bin = join(directory.path, "bin");
  writeProgram(bin, "tempo", "1.0.0");
  expect(await locate(directory.path, [bin])).toEqual({ executable, version: tempo.version, from: "cache" });
});
