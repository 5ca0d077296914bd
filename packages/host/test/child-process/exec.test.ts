import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stage } from "@runlight/core";
import { runNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exec } from "../../src/child-process/exec.ts";
import { listProcesses } from "../../src/child-process/usage/process-files.ts";
import { errorOf, execNode, execShell, inRun } from "./support/run-exec.ts";
import { startTelemetry } from "./support/telemetry.ts";
import type { Telemetry } from "./support/telemetry.ts";

let telemetry: Telemetry;
beforeEach(async () => {
  telemetry = await startTelemetry();
});
afterEach(() => telemetry[Symbol.asyncDispose]());

describe("exec()", () => {
  test("exec() gives what a command wrote, and a pipeline with its exit code", async () => {
    const result = await execShell("echo out; echo err >&2");
    expect(result).toMatchObject({ outcome: "success", cause: "exit", exitCode: 0, signal: undefined });
    expect(result.stdout).toEqual({ tail: "out\n", sizeBytes: 4, lines: 1, unrecordedLines: 0 });
    expect(result.stderr).toEqual({ tail: "err\n", sizeBytes: 4, lines: 1, unrecordedLines: 0 });
    const { attributes, status } = await telemetry.span("pipeline sh");
    expect(status.code).toBe(0);
    expect(attributes).toMatchObject({
      "runlight.operation.outcome": "success",
      "process.executable.name": "sh",
      "process.pid": result.pid,
      "process.exit.code": 0,
      "runlight.process.end.cause": "exit",
      "runlight.process.stdout.size": 4,
      "runlight.process.stderr.size": 4,
    });
    expect(attributes).not.toHaveProperty(["process.command_args"]);
  });

  test("exec() is a stage where it is asked to be, with the arguments where they may be told", async () => {
    await exec("true", ["--alpha", "1"], { kind: "stage", name: "fit", recordArguments: true, subject: "2001-01" });
    expect((await telemetry.span("stage fit")).attributes).toMatchObject({
      "process.command_args": ["true", "--alpha", "1"],
      "runlight.subject.id": "2001-01",
    });
  });

  test("exec() rejects for an exit code, with the last line of stderr, and tells the end of the output", async () => {
    const error = await errorOf(execShell("echo working; echo first >&2; echo 'ValueError: bad alpha' >&2; exit 3"));
    expect([error.name, error.code, error.message]).toEqual([
      "ExecError",
      "ERR_EXIT_CODE",
      "sh ended with exit code 3: ValueError: bad alpha",
    ]);
    expect(error.result).toMatchObject({ outcome: "failure", cause: "exit", exitCode: 3 });
    const [exited] = await telemetry.events("process.exited");
    expect(exited?.attributes).toMatchObject({
      "process.exit.code": 3,
    });
    const [failed] = await telemetry.events("pipeline.failed");
    expect(failed?.attributes).toMatchObject({
      "error.type": "ExecError",
      "exception.message": error.message,
      "process.exit.code": 3,
      "runlight.process.stdout.tail": "working\n",
      "runlight.process.stderr.tail": "first\nValueError: bad alpha\n",
      "runlight.operation.outcome": "failure",
    });
  });

  test("exec() with reject false gives the result of a failure, which the span tells all the same", async () => {
    const result = await execShell("exit 4", { reject: false });
    expect(result).toMatchObject({ outcome: "failure", exitCode: 4 });
    expect((await telemetry.span("pipeline sh")).status.code).toBe(2);
  });

  test("exec() tells one error once, however many operations it passes through", async () => {
    await errorOf(inRun(() => stage("outer", () => execShell("exit 5"))));
    const records = [...(await telemetry.events("pipeline.failed")), ...(await telemetry.events("stage.failed"))];
    expect(records.map(({ attributes }) => "exception.message" in attributes)).toEqual([true, false]);
  });

  test("exec() writes its input, and a command that does not read it is no fault", async () => {
    expect((await exec("cat", [], { input: "größe" })).stdout.tail).toBe("größe");
    expect((await exec("cat")).stdout.tail).toBe("");
    expect((await exec("true", [], { input: Buffer.alloc(1_000_000) })).exitCode).toBe(0);
  });

  test("exec() passes arguments as they are, and runs where it is told to", async () => {
    using directory = temporaryDirectory();
    const args = ["a b", "$HOME", "*", '"', "'", "\\", ""];
    const result = await exec("printf", ["<%s>", ...args], { cwd: directory.path });
    expect(result.stdout.tail).toBe(args.map((argument) => `<${argument}>`).join(""));
    expect((await exec("pwd", [], { cwd: directory.path })).stdout.tail).toBe(`${directory.path}\n`);
  });
});

describe("exec() ends", () => {
  test("exec() takes a command killed from outside for an error, and a crash for a failure", async () => {
    const killed = await errorOf(stage("around", () => execShell("kill -KILL $$")));
    expect([killed.code, killed.message, killed.result.outcome]).toEqual([
      "ERR_SIGNAL",
      "sh was ended by SIGKILL",
      "error",
    ]);
    const crashed = await errorOf(execShell("kill -SEGV $$", { name: "crash" }));
    expect([crashed.result.signal, crashed.result.exitCode, crashed.result.outcome]).toEqual([
      "SIGSEGV",
      undefined,
      "failure",
    ]);
    expect((await telemetry.span("pipeline sh")).attributes).toMatchObject({
      "runlight.operation.outcome": "error",
      "runlight.process.signal": "SIGKILL",
      "runlight.process.end.cause": "signal",
    });
    expect((await telemetry.span("stage around")).attributes["runlight.operation.outcome"]).toBe("error");
    const [failed] = await telemetry.events("pipeline.failed");
    expect(failed?.attributes["exception.message"]).toBe("sh was ended by SIGKILL");
  });

  test("exec() ends a command and its descendants at its timeout", async () => {
    const error = await errorOf(
      execShell(`sleep ${ownSeconds(61)} & sleep ${ownSeconds(61)}; echo never`, { timeoutMs: 300 }),
    );
    expect([error.name, error.code, error.result.outcome]).toEqual(["TimeoutError", "ETIMEDOUT", "timeout"]);
    expect(error.result.durationSeconds).toBeLessThan(60);
    expect((await telemetry.span("pipeline sh")).attributes["runlight.operation.outcome"]).toBe("timeout");
    await waitUntil(() => sleepers(ownSeconds(61)) === 0);
  });

  test("exec() kills what does not end when it is asked to", async () => {
    const error = await errorOf(
      execShell("trap '' TERM; echo ready; while :; do sleep 0.05; done", { timeoutMs: 3000, killDelayMs: 200 }),
    );
    expect([error.result.signal, error.result.outcome, error.result.stdout.tail]).toEqual([
      "SIGKILL",
      "timeout",
      "ready\n",
    ]);
  });

  test("exec() cancels with its signal, before and after the start", async () => {
    const before = await errorOf(exec("true", [], { signal: AbortSignal.abort("changed my mind") }));
    expect([before.name, before.code, before.cause, before.result.pid]).toEqual([
      "AbortError",
      "ABORT_ERR",
      "changed my mind",
      undefined,
    ]);
    const controller = new AbortController();
    const command = errorOf(execShell(`sleep ${ownSeconds(62)}`, { name: "sleeper", signal: controller.signal }));
    await waitUntil(() => sleepers(ownSeconds(62)) > 0);
    controller.abort();
    expect((await command).result).toMatchObject({ outcome: "cancellation", cause: "cancellation" });
    expect((await telemetry.events("pipeline.failed")).map(({ severityText }) => severityText)).toEqual([
      "WARN",
      "WARN",
    ]);
  });

  test("exec() does not wait for a descendant that holds the streams and says nothing", async () => {
    const result = await execShell("sleep 100 & echo $!");
    expect(result.durationSeconds).toBeLessThan(60);
    process.kill(Number(result.stdout.tail));
  });

  test("exec() follows what a descendant still writes", async () => {
    const result = await execShell("(for i in 1 2 3 4 5 6; do sleep 0.2; echo $i; done) & echo gone");
    expect(result.stdout.tail).toBe("gone\n1\n2\n3\n4\n5\n6\n");
  });
});

describe("exec() refuses", () => {
  test("exec() says what is wrong with a command that cannot start, and how to mend it", async () => {
    using directory = temporaryDirectory();
    const file = (name: string, text: string, mode: number): string => {
      const path = join(directory.path, name);
      writeFileSync(path, text, { mode });
      return path;
    };
    const plain = file("plain.sh", "#!/bin/sh\n", 0o644);
    const orphan = file("orphan.py", "#!/usr/bin/python9 -u\n", 0o755);
    const cwd = directory.path;
    const faults = [
      await errorOf(exec("no-such-command", [], { cwd })),
      await errorOf(exec("plain.sh", [], { cwd })),
      await errorOf(exec("./no-such-file", [], { cwd })),
      await errorOf(exec(plain, [], { cwd })),
      await errorOf(exec(cwd, [], { cwd })),
      await errorOf(exec(orphan, [], { cwd })),
      await errorOf(exec("true", [], { cwd: join(cwd, "gone") })),
      await errorOf(exec("true", [], { cwd: plain })),
    ];
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      [
        "ENOENT",
        "Cannot run no-such-command: command must be a program in one of the directories of PATH, current value is no-such-command; install it, or give its path",
      ],
      [
        "ENOENT",
        "Cannot run plain.sh: command must be a program in one of the directories of PATH, current value is plain.sh; to run the file in the working directory, write ./plain.sh",
      ],
      [
        "ENOENT",
        `Cannot run ./no-such-file: command must be the path of a program, current value is ./no-such-file; there is none at ${cwd}/no-such-file`,
      ],
      ["EACCES", `Cannot run ${plain}: command must be executable, current value is ${plain}; run chmod +x ${plain}`],
      ["EACCES", `Cannot run ${cwd}: command must be a program, current value is the directory ${cwd}`],
      [
        "ENOENT",
        `Cannot run ${orphan}: the interpreter in its first line must be a program, current value is /usr/bin/python9; install it, or correct ${orphan}`,
      ],
      [
        "ENOENT",
        `Cannot run true: cwd must be a directory, current value is ${cwd}/gone; make it, or correct the path`,
      ],
      ["ENOTDIR", `Cannot run true: cwd must be a directory, current value is ${plain}; make it, or correct the path`],
    ]);
    expect(faults.every(({ result }) => result.outcome === "failure" && result.cause === "not_started")).toBe(true);
  });

  test("exec() refuses what makes no sense before anything starts", async () => {
    await expect(exec("")).rejects.toThrow(
      new TypeError('Cannot run a command: command must be its name or path, current value is ""'),
    );
    await expect(exec("true", [1 as unknown as string])).rejects.toThrow(
      new TypeError("Cannot run true: args[0] must be a text, current value is 1"),
    );
    await expect(exec("true", [], { timeoutMs: 0 })).rejects.toThrow(
      new RangeError("Cannot run true: timeoutMs must be a number from 1 to 2147483647, current value is 0"),
    );
    expect(telemetry.sink.spans).toEqual([]);
  });

  test("exec() tells a command line that is too long for the system", async () => {
    const error = await errorOf(exec("true", ["x".repeat(3_000_000)]));
    expect([error.code, error.result.cause]).toEqual(["E2BIG", "not_started"]);
  });
});

describe("exec() passes signals on", () => {
  test("exec() with forwardSignals hands a signal on and outlives it", async () => {
    const command = execNode(
      "process.on('SIGUSR2', () => { console.log('got it'); process.exit(0) }); console.log('ready'); setInterval(() => {}, 1000)",
      { forwardSignals: true },
    );
    await waitUntil(async () => (await telemetry.lines()).length === 1);
    process.kill(process.pid, "SIGUSR2");
    expect((await command).stdout.tail).toBe("ready\ngot it\n");
    expect(process.listenerCount("SIGUSR2")).toBe(0);
  });
});

describe("exec() side by side", () => {
  test("exec() runs many commands at once that share streams, signals and an abort signal, without a warning", async () => {
    const source = `
      import { exec } from "@runlight/host";
      const { signal } = new AbortController();
      const options = { echo: true, forwardSignals: true, signal };
      const results = await Promise.all(Array.from({ length: 30 }, (_, i) => exec("echo", [String(i)], options)));
      if (results.some(({ stdout }, i) => stdout.tail !== i + "\\n")) process.exitCode = 1;
      if (process.getMaxListeners() !== 10) process.exitCode = 2;`;
    const { stdout, stderr, exitCode } = await runNode(["--input-type=module", "--eval", source], {
      cwd: import.meta.dirname,
    });
    const numbers = stdout.trim().split("\n").map(Number);
    expect([numbers.toSorted((one, other) => one - other), stderr, exitCode]).toEqual([
      Array.from({ length: 30 }, (_, index) => index),
      "",
      0,
    ]);
  });
});

/** So many seconds and a fraction that no other process on this machine sleeps. */
function ownSeconds(seconds: number): string {
  return `${seconds}.${process.pid}`;
}

/** Processes `sleep <seconds>` of this machine. */
function sleepers(seconds: string): number {
  return listProcesses().filter((pid) => commandLine(pid) === `sleep\0${seconds}\0`).length;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
