import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createCheckout } from "./checkout.ts";

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const checkout = createCheckout();
afterAll(() => checkout[Symbol.dispose]());

/** Starts ready.mjs in the checkout, with or without a command. */
function start(command: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [checkout.ready, ...(command.length === 0 ? [] : ["--", ...command])], {
    cwd: checkout.directory,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, "close").then(([code, signal]): Ended => ({
    ...output,
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  return { child, ended };
}

const builds = (): number =>
  readFileSync(join(checkout.directory, "packages/one/dist/.tsbuildinfo"), "utf8").split("\n").length - 1;
const untimed = (text: string): string => text.replaceAll(/\d+\.\d s/g, "N s");

describe("ready.mjs", () => {
  test("says in one line that npm is missing", async () => {
    const { code, stderr } = await start([], { PATH: join(checkout.directory, "nowhere") }).ended;
    expect({ code, stderr: untimed(stderr) }).toEqual({
      code: 1,
      stderr:
        "Installing dependencies ... N s\nCannot install dependencies: npm is not on PATH. Install Node.js >= 20 with npm.\n",
    });
  });

  test("installs, builds and runs the command on the pinned tools", async () => {
    const { code, stdout, stderr } = await start(["node", "-p", "process.argv.slice(1).join()", "a", "b c"]).ended;
    expect({ code, stdout, stderr: untimed(stderr) }).toEqual({
      code: 0,
      stdout: "a,b c\n",
      stderr: "Installing dependencies ... N s\nBuilding ... N s\n",
    });
    expect(builds()).toBe(1);
  });

  test("is silent and builds nothing when nothing changed", async () => {
    const { code, stderr } = await start([]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(builds()).toBe(1);
  });

  test("builds again after a file was changed, added or removed", async () => {
    checkout.write("packages/one/src/index.ts", "changed");
    await start([]).ended;
    checkout.write("packages/one/src/part/added.ts", "added");
    await start([]).ended;
    rmSync(join(checkout.directory, "packages/one/src/part/added.ts"));
    const { stderr } = await start([]).ended;
    expect(untimed(stderr)).toBe("Building ... N s\n");
    expect(builds()).toBe(4);
  });

  test("shows what tsc found and does not run the command", async () => {
    checkout.write("packages/one/src/index.ts", "changed again");
    checkout.write("broken", "");
    const { code, stdout, stderr } = await start(["echo", "not run"]).ended;
    rmSync(join(checkout.directory, "broken"));
    expect({ code, stdout, stderr: untimed(stderr) }).toEqual({
      code: 1,
      stdout: "",
      stderr: "Building ... N s\na fault\nCannot build: tsc found the faults above.\n",
    });
  });

  test("ends with the command's exit code", async () => {
    expect((await start(["node", "-e", "process.exit(7)"]).ended).code).toBe(7);
  });

  test("ends with the signal that ended the command", async () => {
    const { code, signal } = await start(["node", "-e", "process.kill(process.pid, 'SIGKILL')"]).ended;
    expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("passes a signal on and waits for the command", async () => {
    const script =
      "process.on('SIGTERM', () => setTimeout(() => process.exit(3), 50)); console.log('up'); setInterval(() => {}, 1e6)";
    const { child, ended } = start(["node", "-e", script]);
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(3);
  });

  test("says in one line that the command cannot be run", async () => {
    const { code, stderr } = await start(["no-such-command"]).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "Cannot run no-such-command: spawn no-such-command ENOENT\n" });
  });

  test("installs again when package-lock.json changed, and says that the registry cannot be reached", async () => {
    checkout.write(
      "package.json",
      JSON.stringify({ name: "checkout", private: true, devDependencies: { elsewhere: "1.0.0" } }),
    );
    checkout.write("package-lock.json", JSON.stringify({ name: "checkout", lockfileVersion: 3, packages: {} }));
    const { code, stderr } = await start([], {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(checkout.directory, "cache"),
    }).ended;
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(
      "Cannot install dependencies: npm cannot reach its registry. Is this machine online?",
    );
  });
});
