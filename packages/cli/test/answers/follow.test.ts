import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startNode, temporaryDirectory } from "@runlight/testing";
import type { NodeChild } from "@runlight/testing";
import { expect, test } from "vitest";
import { recordProcess, recordedRun } from "../support/recorded-runs.ts";
import { cliPath, runCli } from "../support/run-cli.ts";

const job = fileURLToPath(new URL("../fixtures/stepped-job.ts", import.meta.url));

function startJob(cwd: string, ending = "end"): NodeChild {
  return startNode([job, ending], { cwd });
}

function startFollowing(cwd: string, reference = "latest"): NodeChild {
  return startNode([cliPath, "show", "--follow", reference], { cwd, env: { TZ: "UTC" } });
}

function allow(cwd: string, step: number): void {
  writeFileSync(join(cwd, `step-${step}`), "");
}

// Times, ids and durations differ from run to run.
function withoutChance(text: string): string[] {
  return text
    .replaceAll(/^\d\d:\d\d:\d\d\.\d{3}/gmu, "<time>")
    .replaceAll(/\d{8}_\d{6}-[0-9a-f]{8}/gu, "<run>")
    .replaceAll(/after \d[\d.]*(?: (?:µs|ms|s|min|h|\d+))+/gu, "after <duration>")
    .replaceAll(/, [^,\n]+ left$/gmu, ", <left>")
    .replace(/ on .*$/mu, " on <host>")
    .split("\n");
}

test("runlight show --follow waits for the run, tells it line by line and ends with its summary", async () => {
  using directory = temporaryDirectory();
  const cwd = directory.path;
  await using child = startJob(cwd);
  await child.waitForOutput("started");
  await using following = startFollowing(cwd);
  allow(cwd, 1);
  await following.waitForOutput("stage load 2001-01 started");
  allow(cwd, 2);
  await following.waitForOutput("stage fit started");
  allow(cwd, 3);
  const [{ stdout, stderr, exitCode }] = await Promise.all([following.ended, child.ended]);
  expect(withoutChance(stdout).slice(0, 9)).toEqual([
    "run <run> of monthly-processing on <host>",
    "<time>  workflow monthly-processing started",
    "<time>  stage load 2001-01 started",
    "<time>  stage load 2001-01 ended: success after <duration>",
    "<time>  workflow monthly-processing progress: 1 of 4 months (25%), <left>",
    "<time>  stage fit started",
    "<time>  stage fit ended: success after <duration>",
    "<time>  workflow monthly-processing ended: success after <duration>",
    expect.stringMatching(/^monthly-processing {2}success {2}/u),
  ]);
  expect({ stderr: stderr.replace("runlight: waiting for a run to begin, at most 30 s\n", ""), exitCode }).toEqual({
    stderr: "",
    exitCode: 0,
  });
});

test("runlight runs and show say of a run at work when it is likely to end", async () => {
  using directory = temporaryDirectory();
  const cwd = directory.path;
  await using _job = startJob(cwd);
  for (const step of [1, 2]) allow(cwd, step);
  await using following = startFollowing(cwd);
  await following.waitForOutput("stage fit started");
  const { stdout: shown } = await runCli(["show", "--json"], { cwd });
  const { eta } = JSON.parse(shown) as { eta: { atTime: string; lowSeconds: number; highSeconds: number } };
  expect(eta).toEqual({
    atTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/u),
    lowSeconds: expect.any(Number),
    highSeconds: expect.any(Number),
    basis: "progress",
  });
  expect(eta.lowSeconds).toBeLessThanOrEqual(eta.highSeconds);
  const { stdout: listed } = await runCli(["runs", "--json"], { cwd });
  expect(JSON.parse(listed)).toMatchObject({ runs: [{ status: "running", eta: { basis: "progress" } }] });
  const { stdout: table } = await runCli(["runs"], { cwd });
  expect(table).toMatch(/^RUN .* PROGRESS +LEFT +HOST$/mu);
});

test("runlight show --follow exits with 1 when the run fails", async () => {
  using directory = temporaryDirectory();
  const cwd = directory.path;
  await using child = startJob(cwd, "fail");
  allow(cwd, 1);
  await using following = startFollowing(cwd);
  await following.waitForOutput("stage load 2001-01 started");
  allow(cwd, 2);
  allow(cwd, 3);
  const [{ stdout, stderr, exitCode }] = await Promise.all([following.ended, child.ended]);
  expect(stdout).toContain("stage fit: RangeError: singular matrix");
  expect(withoutChance(stderr).at(-2)).toBe("runlight: run <run> ended: failure");
  expect(exitCode).toBe(1);
});

test("runlight show --follow exits with 1 when the process of the run is killed", async () => {
  using directory = temporaryDirectory();
  const cwd = directory.path;
  await using child = startJob(cwd);
  allow(cwd, 1);
  await using following = startFollowing(cwd);
  await following.waitForOutput("stage load 2001-01 started");
  child.kill("SIGKILL");
  const { stdout, stderr, exitCode } = await following.ended;
  expect(stdout).toMatch(/^monthly-processing {2}lost {2}/mu);
  expect(stderr).toMatch(/run \S+ ended: lost\n$/u);
  expect(exitCode).toBe(1);
});

test("runlight show --follow leaves the run alone when it is interrupted", async () => {
  using directory = temporaryDirectory();
  const cwd = directory.path;
  await using _job = startJob(cwd);
  allow(cwd, 1);
  await using following = startFollowing(cwd);
  await following.waitForOutput("stage load 2001-01 started");
  following.kill("SIGINT");
  const { exitCode, signal } = await following.ended;
  expect({ exitCode, signal }).toEqual({ exitCode: 130, signal: null });
  const { stdout } = await runCli(["runs", "--json"], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ runs: [{ status: "running" }] });
});

test("runlight show --follow gives the summary of a run that ended long ago", async () => {
  using directory = temporaryDirectory();
  recordProcess(directory.path, recordedRun("20261122_142501-00000001"));
  const shown = await runCli(["show"], { cwd: directory.path });
  expect(await runCli(["show", "--follow"], { cwd: directory.path })).toMatchObject({
    stdout: shown.stdout,
    stderr: "",
    exitCode: 0,
  });
});

test("runlight show --follow --json is a wrong question", async () => {
  using directory = temporaryDirectory();
  expect(await runCli(["show", "--follow", "--json"], { cwd: directory.path })).toMatchObject({
    stdout: "",
    stderr: "runlight: --json must be left out with --follow\n",
    exitCode: 2,
  });
});
