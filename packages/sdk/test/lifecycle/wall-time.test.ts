import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DecodedLogRecord } from "@runlight/spool";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import type { NodeChild } from "@runlight/testing";
import { expect, test } from "vitest";
import { startWallTimeNotice } from "../../src/lifecycle/wall-time-notice.ts";
import { startProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

function startJob(cwd: string, env: Readonly<Record<string, string>>): NodeChild {
  return startProgram("wall-time.ts", { cwd, env: { RUNLIGHT_DIRECTORY: cwd, ...env } });
}

function finish(cwd: string): void {
  writeFileSync(join(cwd, "done"), "");
}

function recordsOf(directory: string, eventName: string): readonly DecodedLogRecord[] {
  return readSpools(directory).logRecords.filter((record) => record.eventName === eventName);
}

test("initTelemetry() says before SIGTERM ends the process that its end is near, after the checkpoint", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "saves" });
  await child.waitForOutput("ready");
  child.kill("SIGTERM");
  const { stdout, stderr, exitCode, signal } = await child.ended;
  expect({ stdout, stderr, exitCode, signal }).toEqual({
    stdout: 'ready\nsaving {"cause":"signal","signal":"SIGTERM","remainingSeconds":false}\nsaved\n',
    stderr: "",
    exitCode: null,
    signal: "SIGTERM",
  });
  const [near, ...more] = recordsOf(directory.path, "workflow.walltime_near");
  expect(more).toEqual([]);
  expect(near).toMatchObject({
    severityNumber: 13,
    body: "the process is about to be ended (SIGTERM)",
    attributes: {
      "workflow.definition.name": "job",
      "runlight.walltime.cause": "signal",
      "runlight.walltime.signal": "SIGTERM",
    },
  });
  expect(recordsOf(directory.path, "workflow.checkpoint").map(({ attributes }) => attributes)).toMatchObject([
    { "runlight.checkpoint.outcome": "success", "runlight.checkpoint.duration": expect.any(Number) },
  ]);
});

test("initTelemetry() lets a process with a checkpoint outlive SIGUSR2, and calls it once", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "saves" });
  await child.waitForOutput("ready");
  child.kill("SIGUSR2");
  await child.waitForOutput("saved");
  child.kill("SIGUSR2");
  finish(directory.path);
  const { stdout, exitCode } = await child.ended;
  expect({ stdout, exitCode }).toEqual({
    stdout: 'ready\nsaving {"cause":"signal","signal":"SIGUSR2","remainingSeconds":false}\nsaved\nover\n',
    exitCode: 0,
  });
  expect(recordsOf(directory.path, "workflow.walltime_near")).toHaveLength(1);
});

test("initTelemetry() leaves SIGUSR2 as deadly as it is without a checkpoint, and says so before", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, {});
  await child.waitForOutput("ready");
  child.kill("SIGUSR2");
  expect(await child.ended).toMatchObject({ exitCode: null, signal: "SIGUSR2", stderr: "" });
  expect(recordsOf(directory.path, "workflow.walltime_near")).toHaveLength(1);
});

test("initTelemetry() takes another signal on request", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "saves", RUNLIGHT_CHECKPOINT_SIGNAL: "sighup" });
  await child.waitForOutput("ready");
  child.kill("SIGHUP");
  await child.waitForOutput("saved");
  finish(directory.path);
  expect(await child.ended).toMatchObject({ exitCode: 0, stderr: "" });
});

test("initTelemetry() records a checkpoint that throws, and the job goes on", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "throws" });
  await child.waitForOutput("ready");
  child.kill("SIGUSR2");
  await waitUntil(() => recordsOf(directory.path, "workflow.checkpoint").length > 0);
  finish(directory.path);
  expect(await child.ended).toMatchObject({ stdout: "ready\nover\n", stderr: "", exitCode: 0 });
  expect(recordsOf(directory.path, "workflow.checkpoint").map(({ attributes }) => attributes)).toMatchObject([
    {
      "runlight.checkpoint.outcome": "failure",
      "exception.type": "RangeError",
      "exception.message": "no space left",
    },
  ]);
});

test("initTelemetry() gives a checkpoint up that takes too long, and ends", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "hangs" });
  await child.waitForOutput("ready");
  child.kill("SIGTERM");
  expect(await child.ended).toMatchObject({ stdout: "ready\nhanging\n", exitCode: null, signal: "SIGTERM" });
  expect(recordsOf(directory.path, "workflow.checkpoint").map(({ attributes }) => attributes)).toMatchObject([
    { "runlight.checkpoint.outcome": "timeout" },
  ]);
});

test("initTelemetry() lets a second signal end a process at once that still waits", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { CHECKPOINT: "stays" });
  await child.waitForOutput("ready");
  child.kill("SIGTERM");
  await child.waitForOutput("hanging");
  child.kill("SIGTERM");
  expect(await child.ended).toMatchObject({ stdout: "ready\nhanging\n", exitCode: null, signal: "SIGTERM" });
});

test("initTelemetry() says before the job's end time that it is near", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, {
    CHECKPOINT: "saves",
    END_IN_MS: "9000",
    RUNLIGHT_WALL_TIME_NOTICE: "5000",
  });
  await child.waitForOutput("saved");
  finish(directory.path);
  const { stdout } = await child.ended;
  expect(stdout).toBe('ready\nsaving {"cause":"end_time","remainingSeconds":true}\nsaved\nover\n');
  const [near] = recordsOf(directory.path, "workflow.walltime_near");
  expect(near?.attributes["runlight.walltime.cause"]).toBe("end_time");
  expect(near?.attributes["runlight.walltime.remaining"]).toBeGreaterThan(0);
  expect(near?.attributes["runlight.walltime.remaining"]).toBeLessThanOrEqual(5.001);
});

test("initTelemetry() knows the end time of a job of Slurm", async () => {
  using directory = temporaryDirectory();
  const endSeconds = Math.ceil(Date.now() / 1000) + 30;
  await using child = startJob(directory.path, { CHECKPOINT: "saves", SLURM_JOB_END_TIME: String(endSeconds) });
  await child.waitForOutput("saved");
  finish(directory.path);
  expect(await child.ended).toMatchObject({ exitCode: 0, stderr: "" });
});

test("initTelemetry() says nothing of a process that runs no workflow and saves nothing", async () => {
  using directory = temporaryDirectory();
  await using child = startJob(directory.path, { RUN: "no" });
  await child.waitForOutput("ready");
  child.kill("SIGTERM");
  expect(await child.ended).toMatchObject({ signal: "SIGTERM", stderr: "" });
  expect(recordsOf(directory.path, "workflow.walltime_near")).toEqual([]);
});

test("startWallTimeNotice() says nothing of an end that is past", async () => {
  let told = 0;
  startWallTimeNotice({ endTimeMs: Date.now() - 1, noticeMs: 60_000 }, () => (told += 1));
  const near = new Promise<void>((resolve) => {
    startWallTimeNotice({ endTimeMs: Date.now() + 50_000, noticeMs: 60_000 }, resolve);
  });
  const far = startWallTimeNotice({ endTimeMs: Date.now() + 2 ** 40, noticeMs: 60_000 }, () => (told += 1));
  await near;
  far.stop();
  expect(told).toBe(0);
});
