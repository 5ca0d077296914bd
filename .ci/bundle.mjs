import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

/*
 * The packages that a program loads when it switches telemetry on become one file each. Node.js takes about half a millisecond to find and
 * link a module, and there are more than 300 of them: that was most of what a start took. What is not ours is imported as before.
 * A bundle takes the place of what tsc wrote, and of what tsc remembers having written: the next `tsc -b` writes all files anew.
 */

/** Packages and their ways in: the file in `dist`, the file in `src`. */
const bundled = /** @type {const} */ ({
  conventions: { index: "index", "generated/names": "generated/names" },
  core: { index: "index" },
  logging: { index: "index" },
  host: { index: "index" },
  science: { index: "index" },
  spool: { index: "index", "shipper-worker": "ship/shipper-worker" },
  sdk: { index: "index", register: "register" },
});

const stateOfTsc = ".tsbuildinfo";
/** Parts that several ways in share, and those that are loaded later. */
const partsName = "parts";
/** Parts of earlier bundles are kept so long, for programs that run. */
const keepMs = 60 * 60_000;

/**
 * Tells whether a project's `dist` is what this checkout runs on.
 * @param {string} directory of a package or an example
 */
export function outputIsWhole(directory) {
  const isBundled = bundledPackages().some((entry) => entry.directory === directory);
  // Where tsc was run by hand, there is no bundle.
  return isBundled
    ? existsSync(join(directory, "dist", "index.js")) && !existsSync(join(directory, "dist", stateOfTsc))
    : existsSync(join(directory, "dist", stateOfTsc));
}

/** Bundles all packages that tsc has just built. */
export async function bundle() {
  const entries = bundledPackages();
  if (entries.length === 0) return;
  // A checkout may be without dependencies when this file is loaded.
  const { build } = await import("esbuild");
  await Promise.all(
    entries.map(async ({ directory, entryPoints }) => {
      const output = join(directory, "dist");
      const { outputFiles } = await build({
        absWorkingDir: root,
        entryPoints,
        outdir: output,
        chunkNames: `${partsName}/[name]-[hash]`,
        bundle: true,
        splitting: true,
        packages: "external",
        platform: "node",
        format: "esm",
        target: "es2023",
        sourcemap: true,
        sourcesContent: false,
        write: false,
        logLevel: "error",
      });
      for (const { path, contents } of outputFiles) replace(path, contents);
      removeOldParts(join(output, partsName));
      rmSync(join(output, stateOfTsc), { force: true });
    }),
  );
}

function bundledPackages() {
  return Object.entries(bundled)
    .map(([name, entries]) => ({ directory: join(root, "packages", name), entries }))
    .filter(({ directory }) => existsSync(join(directory, "package.json")))
    .map(({ directory, entries }) => ({
      directory,
      entryPoints: Object.fromEntries(
        Object.entries(entries).map(([to, from]) => [to, join(directory, "src", `${from}.ts`)]),
      ),
    }));
}

/**
 * Programs that start meanwhile see the old file or the new one.
 * @param {string} path
 * @param {Uint8Array} contents
 */
function replace(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const written = `${path}.${process.pid}`;
  writeFileSync(written, contents);
  renameSync(written, path);
}

/** @param {string} directory */
function removeOldParts(directory) {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (Date.now() - statSync(path).mtimeMs > keepMs) rmSync(path);
  }
}
