import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, outputIsWhole } from "./bundle.mjs";
import { captured } from "./captured.mjs";
import { cacheFile, root } from "./paths.mjs";

const stampName = "build.stamp";
const timeoutMs = 5 * 60_000;

/**
 * Tells whether every output is there and nothing it is made from changed since the last good build. Directories count too:
 * their time tells of removed files.
 */
export function buildIsFresh() {
  const stamp = cacheFile(stampName);
  if (!existsSync(stamp)) return false;
  const builtMs = statSync(stamp).mtimeMs;
  const projects = projectDirectories();
  if (!projects.every(outputIsWhole)) return false;
  const inputs = [join(root, "tsconfig.json"), join(root, "node_modules", ".package-lock.json")];
  for (const project of projects) {
    inputs.push(join(project, "package.json"), join(project, "tsconfig.json"), ...sourcesBelow(join(project, "src")));
  }
  return inputs.every((path) => statSync(path).mtimeMs < builtMs);
}

/**
 * Builds all packages and examples, incrementally, and bundles those that a program starts with.
 * @param {NodeJS.ProcessEnv} env with node_modules/.bin on PATH
 */
export async function build(env) {
  const started = new Date();
  const { code, output } = await captured("tsc", ["-b"], { timeoutMs, env });
  if (code === undefined) throw new Error(`Cannot build: tsc took longer than ${timeoutMs / 60_000} minutes.`);
  if (code !== 0) throw new Error(`${output.trimEnd()}\nCannot build: tsc found the faults above.`);
  await bundle();
  const stamp = cacheFile(stampName);
  writeFileSync(stamp, "");
  // What changed while tsc ran is newer than its start.
  utimesSync(stamp, started, started);
}

function projectDirectories() {
  return ["packages", "examples"]
    .map((folder) => join(root, folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((directory) => existsSync(join(directory, "tsconfig.json")));
}

/**
 * @param {string} directory
 * @returns {string[]} the directory and everything below it
 */
function sourcesBelow(directory) {
  return [
    directory,
    ...readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) => join(directory, name)),
  ];
}
