import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { captured } from "./captured.mjs";
import { cacheFile, root } from "./paths.mjs";

const lockfile = join(root, "package-lock.json");
/** Written by npm at the end of an install: without it node_modules is missing or half done. */
const installed = join(root, "node_modules", ".package-lock.json");
const stampName = "install.stamp";

const timeoutMs = 10 * 60_000;
const unreachable = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** Tells whether node_modules holds what package-lock.json asks for. */
export function installIsFresh() {
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return true;
  const stamp = cacheFile(stampName);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lockfileDigest();
}

/** Installs what package-lock.json asks for; npm's output is shown only when it fails. */
export async function install() {
  const { code, output } = await npm([
    // Not `npm ci`: it refuses a lockfile that lacks the platform packages of a registry mirror that does not carry them.
    "install",
    "--no-save",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    // The machine's own Node.js may be older than the packages ask for; everything runs on the pinned one.
    "--engine-strict=false",
    "--fetch-retries=3",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-factor=2",
  ]);
  if (code !== 0) throw new Error(`${output.trimEnd()}\n${explain(code, output)}`);
  if (!existsSync(join(root, "node_modules", ".bin", "node"))) {
    throw new Error(`npm did not install the pinned Node.js: node_modules/.bin/node is missing`);
  }
  writeFileSync(cacheFile(stampName), lockfileDigest());
}

/** @param {readonly string[]} parameters */
async function npm(parameters) {
  try {
    return await captured("npm", parameters, { timeoutMs });
  } catch (error) {
    throw new Error("Cannot install dependencies: npm is not on PATH. Install Node.js >= 20 with npm.", {
      cause: error,
    });
  }
}

/**
 * @param {number | undefined} code
 * @param {string} output
 */
function explain(code, output) {
  if (code === undefined) return `Cannot install dependencies: npm took longer than ${timeoutMs / 60_000} minutes.`;
  if (unreachable.test(output))
    return "Cannot install dependencies: npm cannot reach its registry. Is this machine online?";
  return `Cannot install dependencies: npm ended with exit code ${code}.`;
}

function lockfileDigest() {
  return createHash("sha256").update(readFileSync(lockfile)).digest("hex");
}
