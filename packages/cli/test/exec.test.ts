import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode, startNode, startOtlpSink, temporaryDirectory } from "@runlight/testing";
import type { OtlpSink, TemporaryDirectory } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cliPath, runCli } from "./support/run-cli.ts";

let directory: TemporaryDirectory;
let sink: OtlpSink;
beforeEach(async () => {
  directory = temporaryDirectory();
  sink = await startOtlpSink();
});
afterEach(async () => {
  await sink.stop();
  directory[Symbol.dispose]();
});

const surroundings = (): { cwd: string; env: Record<string, string> } => ({
  cwd: directory.path,
  env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
});

/** Runs `runlight exec` and gives what its caller sees. */
async function execCli(
  ...args: readonly string[]
): Promise<readonly [stdout: string, stderr: string, exitCode: unknown]> {
  const { stdout, stderr, exitCode } = await runCli(["exec", ...args], surroundings());
  return [stdout, stderr, exitCode];
}

/** Runs a text of the shell in which `$RUNLIGHT` is the command line. */
async function inShell(text: string): Promise<readonly [stdout: string, stderr: string]> {
  const source = `process.exit(require("node:child_process").spawnSync("bash", ["-c", process.argv[1]], { stdio: "inherit" }).status)`;
  const env = { ...surroundings().env, RUNLIGHT: `${process.execPath} ${cliPath}` };
  const { stdout, stderr } = await runNode(["--eval", source, text], { cwd: directory.path, env });
  return [stdout, stderr];
}

const outcomes = (): Record<string, unknown> =>
  Object.fromEntries(sink.spans.map(({ name, attributes }) => [name, attributes["runlight.operation.outcome"]]));

describe("runlight exec passes through", () => {
  test("exec leaves output and exit code as they are, and records both", async () => {
    expect(await execCli("--stage", "hello", "--", "sh", "-c", "echo out; echo err >&2; exit 3")).toEqual([
      "out\n",
      "err\n",
      3,
    ]);
    expect(outcomes()).toEqual({ "workflow sh": "failure", "stage hello": "failure" });
    const lines = sink.logRecords.filter(({ attributes }) => "log.iostream" in attributes);
    expect(
      lines.map(({ body, attributes }) => [body, attributes["log.iostream"], attributes["runlight.stage.name"]]),
    ).toEqual([
      ["out", "stdout", "hello"],
      ["err", "stderr", "hello"],
    ]);
    expect(sink.spans[0]?.resource["service.name"]).toBe("sh");
    const [said] = await cliAnswer("logs", "latest", "--search", "err");
    expect(said).toContain("INFO  [hello] err log.iostream=stderr");
  });

  test("exec passes input and every byte of output through, in a pipe", async () => {
    const bytes = join(directory.path, "bytes");
    writeFileSync(bytes, Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256)));
    await inShell(`cat bytes | $RUNLIGHT exec -- cat | cat > copy`);
    expect(readFileSync(join(directory.path, "copy")).equals(readFileSync(bytes))).toBe(true);
  });

  test("exec waits for a reader that is slow, and loses nothing", async () => {
    expect(await inShell("$RUNLIGHT exec -- head -c 5000000 /dev/zero | (sleep 1; wc -c)")).toEqual(["5000000\n", ""]);
  });

  test("exec ends as a command does whose reader has left", async () => {
    expect(await inShell("$RUNLIGHT exec -- yes | head -n 2; echo ${PIPESTATUS[0]}")).toEqual(["y\ny\n141\n", ""]);
    expect(outcomes()).toEqual({ "workflow yes": "cancellation", "pipeline yes": "cancellation" });
  });

  test("exec leaves the command's own options to it", async () => {
    expect(await execCli("--", "printf", "%s ", "--stage", "--version", "--", "-x")).toEqual([
      "--stage --version -- -x ",
      "",
      0,
    ]);
  });
});

describe("runlight exec answers", () => {
  test("exec gives the exit codes of a shell where there is none of the command's", async () => {
    expect(await execCli("--", "sh", "-c", "kill -KILL $$")).toEqual(["", "", 137]);
    expect(await execCli("no-such-command")).toEqual([
      "",
      "runlight: Cannot run no-such-command: command must be a program in one of the directories of PATH, current value is no-such-command; install it, or give its path\n",
      127,
    ]);
    const plain = join(directory.path, "plain");
    writeFileSync(plain, "");
    expect(await execCli("./plain")).toEqual([
      "",
      `runlight: Cannot run ./plain: command must be executable, current value is ${plain}; run chmod +x ${plain}\n`,
      126,
    ]);
    const [stdout, stderr, exitCode] = await execCli("--timeout", "1", "--", "sleep", "30");
    expect([stdout, exitCode]).toEqual(["", 124]);
    expect(stderr).toMatch(/^runlight: sleep was ended after \d+\.\d s, as it took too long\n$/);
    expect(outcomes()).toMatchObject({
      "pipeline sh": "error",
      "pipeline no-such-command": "failure",
      "pipeline sleep": "timeout",
    });
  });

  test("exec refuses a wrong question before the command runs", async () => {
    const [, stderr, exitCode] = await execCli("--stage", "a", "--pipeline", "b", "--", "touch", "ran");
    expect([stderr, exitCode]).toEqual([
      "runlight: option '--stage <name>' cannot be used with option '--pipeline <name>'\n",
      2,
    ]);
    const faulty = await runCli(["exec", "--", "touch", "ran"], {
      cwd: directory.path,
      env: { OTEL_TRACES_SAMPLER: "sometimes" },
    });
    expect([faulty.stdout, faulty.exitCode]).toEqual(["", 2]);
    expect(() => readFileSync(join(directory.path, "ran"))).toThrow("ENOENT");
  });
});

describe("runlight exec hands on", () => {
  const waiting = (onTerm: string): string => `${onTerm}; console.log("ready"); setInterval(() => {}, 1000)`;

  test("exec hands a signal on, and gives the exit code the command makes of it", async () => {
    const source = waiting("process.on('SIGTERM', () => process.exit(7))");
    await using child = startNode(
      [cliPath, "exec", "--pipeline", "deaf", "--", process.execPath, "--eval", source],
      surroundings(),
    );
    await child.waitForOutput("ready");
    child.kill("SIGTERM");
    expect((await child.ended).exitCode).toBe(7);
    expect(outcomes()).toEqual({ "workflow node": "cancellation", "pipeline deaf": "cancellation" });
  });

  test("exec gives 128 and the signal's number where the signal ends the command", async () => {
    for (const [signal, exitCode] of [
      ["SIGTERM", 143],
      ["SIGINT", 130],
      ["SIGHUP", 129],
    ] as const) {
      await using child = startNode([cliPath, "exec", "--", process.execPath, "--eval", waiting("")], surroundings());
      await child.waitForOutput("ready");
      child.kill(signal);
      expect((await child.ended).exitCode).toBe(exitCode);
    }
  });

  test("exec within exec is of the same run and trace", async () => {
    expect(
      await execCli(
        "--workflow",
        "nightly",
        "--stage",
        "outer",
        "--",
        process.execPath,
        cliPath,
        "exec",
        "--stage",
        "inner",
        "--",
        "echo",
        "deep",
      ),
    ).toEqual(["deep\n", "", 0]);
    const span = (name: string) => sink.spans.find((candidate) => candidate.name === name);
    const [workflow, outer, inner] = [span("workflow nightly"), span("stage outer"), span("stage inner")];
    expect(sink.spans.filter(({ name }) => name.startsWith("workflow "))).toEqual([workflow]);
    expect([inner?.traceId, inner?.parentSpanId]).toEqual([workflow?.traceId, outer?.spanId]);
    expect(inner?.attributes["workflow.execution.id"]).toBe(workflow?.attributes["workflow.execution.id"]);
    const [runs] = await cliAnswer("runs", "--json");
    expect((JSON.parse(runs) as { runs: unknown[] }).runs).toHaveLength(1);
  });
});

async function cliAnswer(...args: readonly string[]): Promise<readonly [stdout: string, stderr: string]> {
  const { stdout, stderr } = await runCli(args, { cwd: directory.path });
  return [stdout, stderr];
}
