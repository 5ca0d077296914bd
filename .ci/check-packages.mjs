// Packs every public package as npm would publish it and lets publint look at the result.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "./paths.mjs";

const packages = join(root, "packages");

/** @param {string} directory */
async function faultsOf(directory) {
  const manifest = /** @type {Record<string, unknown>} */ (
    JSON.parse(readFileSync(join(directory, "package.json"), "utf8"))
  );
  if (manifest["private"] === true) return [];
  const { messages } = await publint({ pkgDir: directory, strict: true, pack: "npm" });
  return messages.map(
    (message) => `${String(manifest["name"])}: ${formatMessage(message, manifest, { color: false })}`,
  );
}

const directories = readdirSync(packages).map((name) => join(packages, name));
const faults = (await Promise.all(directories.map(faultsOf))).flat();
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
