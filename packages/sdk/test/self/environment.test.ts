import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { expect, test } from "vitest";
import { runProgram, startProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";
import type { SpoolContents } from "../support/read-spool.ts";

function createRepository(cwd: string): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
  // Neither what this machine's user has configured, nor the repository whose hook runs the tests.
  const env = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  const git = (...args: readonly string[]): string =>
    execFileSync("git", [...identity, ...args], { cwd, env, encoding: "utf8", stdio: "pipe" }).trim();
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "--message", "First");
  return git("rev-parse", "HEAD");
}

test("initTelemetry() tells the commit on the resource and whether the files are those of it in the first run", async () => {
  using directory = temporaryDirectory();
  const revision = createRepository(directory.path);
  await using child = startProgram("configured.ts", {
    cwd: directory.path,
    env: { RUNLIGHT_DIRECTORY: "telemetry", WORK_MS: "until done" },
  });
  const read = (): SpoolContents => readSpools(`${directory.path}/telemetry`);
  await waitUntil(() => read().logRecords.some(({ eventName }) => eventName === "workflow.environment"));
  writeFileSync(`${directory.path}/done`, "");
  expect((await child.ended).exitCode).toBe(0);
  const { logRecords, resources } = read();
  expect(resources[0]).toMatchObject({ "vcs.ref.head.name": "main", "vcs.ref.head.revision": revision });
  const [record, ...more] = logRecords.filter(({ eventName }) => eventName === "workflow.environment");
  expect(more).toEqual([]);
  expect(record).toMatchObject({
    body: `files are those of commit ${revision.slice(0, 12)}`,
    attributes: {
      "workflow.definition.name": "job",
      "vcs.ref.head.name": "main",
      "vcs.ref.head.revision": revision,
      "runlight.vcs.dirty": false,
    },
  });
});

test("initTelemetry() looks at no files in a rank that is not the first", async () => {
  using directory = temporaryDirectory();
  createRepository(directory.path);
  await runProgram("configured.ts", {
    cwd: directory.path,
    env: { RUNLIGHT_DIRECTORY: "telemetry", WORK_MS: "500", SLURM_PROCID: "7" },
  });
  const { logRecords } = readSpools(`${directory.path}/telemetry`);
  expect(logRecords.filter(({ eventName }) => eventName === "workflow.environment")).toEqual([]);
});

test("workflow() with a configuration redacts it in the record, and its hash is on the span", async () => {
  using directory = temporaryDirectory();
  await runProgram("configured.ts", {
    cwd: directory.path,
    env: { RUNLIGHT_DIRECTORY: "telemetry", WITH: "option" },
  });
  const { logRecords, spans, text } = readSpools(`${directory.path}/telemetry`);
  const records = logRecords.filter(({ eventName }) => eventName === "workflow.config");
  expect(records.map(({ body }) => body)).toEqual([
    { months: ["2001-01"], store: { password: "[redacted]", user: "me" } },
  ]);
  const root = spans.find(({ name }) => name === "workflow job");
  expect(records[0]).toMatchObject({ traceId: root?.traceId, spanId: root?.spanId });
  expect(records[0]?.attributes["runlight.workflow.config.hash"]).toMatch(/^[0-9a-f]{64}$/u);
  expect(root?.attributes["runlight.workflow.config.hash"]).toBe(
    records[0]?.attributes["runlight.workflow.config.hash"],
  );
  expect(text).not.toContain("hunter2");
});

test("recordConfiguration() is redacted in the record, and its hash is on the workflow's span", async () => {
  using directory = temporaryDirectory();
  const { stdout } = await runProgram("configured.ts", {
    cwd: directory.path,
    env: { RUNLIGHT_DIRECTORY: "telemetry" },
  });
  const { logRecords, spans, text } = readSpools(`${directory.path}/telemetry`);
  const hash = stdout.trim();
  expect(hash).toMatch(/^[0-9a-f]{64}$/u);
  const record = logRecords.find(({ eventName }) => eventName === "workflow.config");
  expect(record).toMatchObject({
    body: { months: ["2001-01"], store: { password: "[redacted]" } },
    attributes: { "runlight.workflow.config.hash": hash },
  });
  expect(spans.find(({ name }) => name === "workflow job")?.attributes).toMatchObject({
    "runlight.workflow.config.hash": hash,
  });
  expect(text).not.toContain("hunter2");
});
