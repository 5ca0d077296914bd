import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

/*
 * The packages that a program loads when it switches telemetry on become one file each. Node.js takes about half a millisecond to find and
 * link a module, and there are more than 300 of them: that was most of what a start took. What is not ours is imported as before, but for
 * the few functions of other packages that a start calls.
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

/** What is data only: a copy of it is as good as the original. */
const copied = new Map([
  ["@runlight/conventions", "conventions/src/index.ts"],
  ["@runlight/conventions/names", "conventions/src/generated/names.ts"],
]);
/**
 * Packages of which bundles hold the functions they call. All of them comes to 40 modules and 600 KB, of which a start needs 20 KB. They keep
 * no state of their own, and nobody else meets their classes: what programs share is in `@opentelemetry/api`, which is always imported.
 */
const inlined = new Set([
  "@opentelemetry/context-async-hooks",
  "@opentelemetry/core",
  "@opentelemetry/semantic-conventions",
  "is-network-error",
  "p-retry",
]);
const licencesName = "third-party-licenses.txt";

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
      const { outputFiles, metafile } = await build({
        absWorkingDir: root,
        entryPoints,
        outdir: output,
        chunkNames: `${partsName}/[name]-[hash]`,
        bundle: true,
        splitting: true,
        plugins: [imports],
        metafile: true,
        platform: "node",
        format: "esm",
        target: "es2023",
        sourcemap: true,
        sourcesContent: false,
        // Compiling is what is left of loading a file; names stay, so that stacks can be read.
        minifyWhitespace: true,
        lineLimit: 160,
        write: false,
        logLevel: "error",
      });
      for (const { path, contents } of outputFiles) replace(path, contents);
      writeLicences(join(output, licencesName), packagesOf(Object.keys(metafile.inputs)));
      removeOldParts(join(output, partsName));
      rmSync(join(output, stateOfTsc), { force: true });
    }),
  );
}

/** @type {import("esbuild").Plugin} */
const imports = {
  name: "imports",
  setup(bundling) {
    bundling.onResolve({ filter: /^node:fs$/ }, ({ path }) => ({ path, namespace: "functions", sideEffects: false }));
    bundling.onLoad({ filter: /^node:fs$/, namespace: "functions" }, () => ({ contents: functionsOfFiles() }));
    // Neither a relative path, nor an absolute one, nor a name inside of a package.
    bundling.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) => {
      if (kind === "entry-point" || inlined.has(path)) return undefined;
      const source = copied.get(path);
      if (source !== undefined) return { path: join(root, "packages", source), sideEffects: false };
      return { path, external: true };
    });
  },
};

/**
 * What `import … from "node:fs"` gives, but for the properties that are made when they are read: an import reads all of them, and so loads
 * streams and promises of files, which a start does not use.
 */
function functionsOfFiles() {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule("node:fs")));
  // `fs.F_OK` and its like are data in one version of Node.js and warn when they are read in the next: the bundle is not made by the one that runs it.
  const names = properties
    .filter(([name, { value }]) => typeof value === "function" || name === "constants")
    .map(([name]) => name);
  return `export const { ${names.join(", ")} } = process.getBuiltinModule("node:fs");`;
}

/**
 * Gives the directories of the packages in `node_modules` that files are from.
 * @param {readonly string[]} paths relative to the checkout
 */
function packagesOf(paths) {
  const directory = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
  return [...new Set(paths.flatMap((path) => directory.exec(path)?.[0] ?? []))].toSorted();
}

/**
 * Who passes code on passes on its licence.
 * @param {string} path
 * @param {readonly string[]} directories of packages, relative to the checkout
 */
function writeLicences(path, directories) {
  const licences = directories.map((directory) => {
    const name = readdirSync(join(root, directory)).find((file) => /^licen[cs]e/i.test(file));
    if (name === undefined) throw new Error(`Cannot bundle: ${directory} must have a licence file to be passed on`);
    return `${directory.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(root, directory, name), "utf8").trim()}\n`;
  });
  if (licences.length > 0) replace(path, Buffer.from(licences.join(`\n${"-".repeat(80)}\n\n`)));
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
