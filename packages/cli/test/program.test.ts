import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { recordProcess, recordedRun } from "./support/recorded-runs.ts";
import { cliPath, runCli } from "./support/run-cli.ts";

const directory = temporaryDirectory();
const surroundings = { cwd: directory.path };
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

describe("runlight", () => {
  test("--version prints the version", async () => {
    expect(await runCli(["--version"], surroundings)).toMatchObject({
      stdout: `${manifest.version}\n`,
      stderr: "",
      exitCode: 0,
    });
  });

  test.each([
    [["--help"]],
    [["help"]],
    [["runs", "--help"]],
    [["show", "--help"]],
    [["logs", "--help"]],
    [["recover", "--help"]],
    [["ship", "--help"]],
    [["config", "show", "--help"]],
  ])("%j prints help with examples", async (args) => {
    const { stdout, stderr, exitCode } = await runCli(args, surroundings);
    expect(stdout).toMatch(/^Usage: runlight/u);
    expect(stdout).toMatch(/\nExamples?:\n {2}\$ runlight/u);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });

  test("stack --help lists what stack can do", async () => {
    const { stdout, exitCode } = await runCli(["stack", "--help"], surroundings);
    expect(stdout).toMatch(/\n {2}up .+\n(.|\n)* {2}down /u);
    expect(exitCode).toBe(0);
  });

  test.each([
    [["rusn"], "runlight: unknown command 'rusn' (Did you mean runs?)\n"],
    [["--json"], "runlight: unknown option '--json'\n"],
    [["show", "a", "b"], "runlight: too many arguments for 'show'. Expected 1 argument but got 2: a, b.\n"],
    [["stack", "upp"], "runlight: unknown command 'upp' (Did you mean up?)\n"],
  ])("%j is a wrong question, told in one line", async (args, stderr) => {
    expect(await runCli(args, surroundings)).toMatchObject({ stdout: "", stderr, exitCode: 2 });
  });

  test("without a command prints help to stderr and exits with 2", async () => {
    const { stdout, stderr, exitCode } = await runCli([], surroundings);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(/^Usage: runlight/u);
  });

  test("loads neither the SDK nor the stack to list runs", async () => {
    recordProcess(directory.path, recordedRun("20261122_142501-00000001"));
    const watch = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      process.on("exit", () => process.stderr.write(loaded.filter((url) => /packages.sdk|cli.dist.stack/u.test(url)).join("\\n")));`;
    const loader = `data:text/javascript,${encodeURIComponent(watch)}`;
    const { stderr, exitCode } = await runNode(["--import", loader, cliPath, "runs"], surroundings);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  });
});

// `script` gives the command a terminal of its own.
const hasTerminal = spawnSync("script", ["--version"]).status === 0;

describe("runlight on a terminal", () => {
  const bin = fileURLToPath(new URL("../bin/runlight.js", import.meta.url));
  const onTerminal = (env: Readonly<Record<string, string>>): string => {
    recordProcess(directory.path, recordedRun("20261122_142501-00000001"));
    const command = `stty cols 90; "${process.execPath}" "${bin}" runs --limit 1`;
    return spawnSync("script", ["-qec", command, "/dev/null"], {
      cwd: directory.path,
      env: { PATH: process.env["PATH"], TERM: "xterm-256color", TZ: "UTC", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }).stdout.toString();
  };

  test("prints a table with colours that fits", (context) => {
    context.skip(!hasTerminal, "there is no `script` command here");
    const lines = onTerminal({}).replaceAll("\r", "").trimEnd().split("\n");
    expect(lines.join("\n")).toContain("\u001b[32msuccess\u001b[39m");
    // oxlint-disable-next-line no-control-regex
    const widths = lines.map((line) => line.replaceAll(/\u001b\[\d+m/gu, "").length);
    expect(widths.every((width) => width <= 90)).toBe(true);
    expect(lines[0]).toContain("STAGES");
    expect(lines[0]).not.toContain("HOST");
  });

  test("prints no colours with NO_COLOR", (context) => {
    context.skip(!hasTerminal, "there is no `script` command here");
    expect(onTerminal({ NO_COLOR: "1" })).not.toContain("\u001b[");
  });
});
