import { fileURLToPath } from "node:url";
import { startNode, temporaryDirectory } from "@runlight/testing";
import type { NodeChild } from "@runlight/testing";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";

const job = fileURLToPath(new URL("../fixtures/job.ts", import.meta.url));

interface RunRow {
  readonly runId: string;
  readonly status: string;
  readonly pid: number;
  readonly stages: { readonly done: number; readonly open: number };
  readonly progress: unknown;
  readonly lostEvidence: string | null;
}

async function runsIn(cwd: string): Promise<readonly RunRow[]> {
  const { stdout } = await runCli(["runs", "--json"], { cwd });
  return (JSON.parse(stdout) as { runs: RunRow[] }).runs;
}

async function startHangingJob(cwd: string): Promise<NodeChild> {
  const child = startNode([job, "hang"], { cwd });
  await child.waitForOutput("fitting");
  return child;
}

test("runlight runs and show answer while a job is at work", async () => {
  using directory = temporaryDirectory();
  await using child = await startHangingJob(directory.path);
  expect(await runsIn(directory.path)).toMatchObject([
    { status: "running", pid: child.pid, stages: { done: 1, open: 1 }, progress: { done: 1, total: 3, unit: "month" } },
  ]);
  const { stdout } = await runCli(["show", "--json"], { cwd: directory.path });
  expect(JSON.parse(stdout)).toMatchObject({
    status: "running",
    endTime: null,
    open: ["workflow monthly-processing", "stage fit"],
    stages: [{ name: "load", count: 1, items: 1200 }],
    warnings: { count: 1, first: [{ text: "slow disk", stage: "load" }] },
  });
});

test("runlight runs tells a killed run once, and that it is lost from then on", async () => {
  using directory = temporaryDirectory();
  await using child = await startHangingJob(directory.path);
  child.kill("SIGKILL");
  await child.ended;
  const first = await runCli(["runs"], { cwd: directory.path });
  const [run] = await runsIn(directory.path);
  expect(first.stderr).toMatch(
    /^runlight: run \S+ of monthly-processing was lost in stage fit: [^\n]+; last seen \S+Z\n$/u,
  );
  expect(first.stderr).toContain(run!.runId);
  expect(first.stdout).toContain(" lost ");
  const second = await runCli(["runs"], { cwd: directory.path });
  expect(second.stderr).toBe("");
  expect(run).toMatchObject({ status: "lost", pid: child.pid, stages: { done: 1, open: 0 } });
  const shown = await runCli(["show", "latest"], { cwd: directory.path });
  expect(shown.stdout).toContain("monthly-processing  lost  ");
  expect(shown.stdout).toContain("\nopen\n  workflow monthly-processing\n  stage fit\n");
  expect(shown.stdout).toContain(run!.lostEvidence!);
  const logs = await runCli(["logs", "--level", "error"], { cwd: directory.path });
  expect(logs.stdout.split("\n").filter((line) => line.includes(" ERROR "))).toHaveLength(2);
});

test("runlight recover tells a lost run once, however many ask at the same time", async () => {
  using directory = temporaryDirectory();
  await using child = await startHangingJob(directory.path);
  child.kill("SIGKILL");
  await child.ended;
  const answers = await Promise.all([
    runCli(["recover", "--json"], { cwd: directory.path }),
    runCli(["recover", "--json"], { cwd: directory.path }),
    runCli(["recover", "--json"], { cwd: directory.path }),
  ]);
  const recovered = answers.flatMap(({ stdout }) => (JSON.parse(stdout) as { recovered: unknown[] }).recovered);
  expect(recovered).toMatchObject([
    {
      workflow: "monthly-processing",
      service: "flights",
      operations: [
        { kind: "stage", name: "fit" },
        { kind: "workflow", name: "monthly-processing" },
      ],
    },
  ]);
  expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(await runCli(["recover"], { cwd: directory.path })).toMatchObject({
    stdout: "nothing to recover: no process left anything open\n",
    stderr: "",
    exitCode: 0,
  });
});
