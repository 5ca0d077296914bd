// Makes this checkout ready and runs a command in it: node .ci/ready.mjs [-- command arguments...]
// Needs Node.js >= 20 and npm, nothing else: it installs the dependencies and builds when they are missing or stale.
// The command finds node_modules/.bin first on its PATH, so that `node` is the version this repository pins.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { build, buildIsFresh } from "./build.mjs";
import { install, installIsFresh } from "./install.mjs";
import { root } from "./paths.mjs";

const forwarded = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]);

async function main() {
  const separator = process.argv.indexOf("--");
  const command = separator === -1 ? [] : process.argv.slice(separator + 1);
  if (!installIsFresh()) await timed("Installing dependencies", install);
  const environment = commandEnvironment();
  if (!buildIsFresh()) await timed("Building", () => build(environment));
  const [executable, ...parameters] = command;
  if (executable !== undefined) run(executable, parameters, environment);
}

/** @returns {NodeJS.ProcessEnv} the environment of the command: pinned tools first, colours on a terminal only */
function commandEnvironment() {
  const path = [join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  /** @type {NodeJS.ProcessEnv} */
  const environment = { TURBO_TELEMETRY_DISABLED: "1", ...process.env, PATH: path };
  if (!process.stdout.isTTY && environment["FORCE_COLOR"] === undefined) environment["NO_COLOR"] ??= "1";
  return environment;
}

/**
 * Tells on stderr what is done and how long it took.
 * @param {string} what
 * @param {() => Promise<void>} work
 */
async function timed(what, work) {
  const startedMs = Date.now();
  process.stderr.write(`${what} ...`);
  try {
    await work();
  } finally {
    process.stderr.write(` ${((Date.now() - startedMs) / 1000).toFixed(1)} s\n`);
  }
}

/**
 * Runs the command in this process's place: same streams, signals passed on, same end.
 * @param {string} executable
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} environment
 */
function run(executable, parameters, environment) {
  const child = spawn(executable, parameters, { stdio: "inherit", env: environment });
  for (const signal of forwarded) process.on(signal, () => passOn(child, signal));
  child.once("error", (error) => fail(`Cannot run ${executable}: ${error.message}`));
  child.once("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of forwarded) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    // A signal that does not end this process (it may be ignored) still gives the shell's exit code for it.
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

/**
 * A terminal sends SIGINT and SIGQUIT to the whole foreground group: the child already has those.
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function passOn(child, signal) {
  const fromTerminal = process.stdin.isTTY && (signal === "SIGINT" || signal === "SIGQUIT");
  if (!fromTerminal) child.kill(signal);
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

main().catch((/** @type {unknown} */ error) => fail(error instanceof Error ? error.message : String(error)));
