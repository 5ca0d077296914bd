import { spawn } from "node:child_process";
import { root } from "./paths.mjs";

/**
 * Runs a program without input and keeps what it prints.
 * @param {string} executable
 * @param {readonly string[]} parameters
 * @param {{ timeoutMs: number, env?: NodeJS.ProcessEnv }} options the program is ended after `timeoutMs`
 * @returns {Promise<{ code: number | undefined, output: string }>} code is undefined when it was ended
 */
export function captured(executable, parameters, { timeoutMs, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, parameters, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      // npm is a script on Windows, which only a shell starts.
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.on("data", (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr.on("data", (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? undefined, output }));
  });
}
