import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode, startNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

describe("examples/flights", () => {
  it("processes a month: lines while at work, summary and commands at the end, artifacts in a directory of the run", async () => {
    using directory = temporaryDirectory();
    const { exitCode, stderr } = await runNode([main, "--months", "1"], { cwd: directory.path });
    expect(stderr).toMatch(/^stage load 2001-01: .*, 508,239 rows$/m);
    expect(stderr).toMatch(/^stage data-quality: .*, 6 rows$/m);
    expect(stderr).toMatch(/^monthly-processing {2}success {2}/m);
    expect(stderr).toMatch(/^ {2}rows {6}508,245 /m);
    const runId = /npx runlight show (\S+)/.exec(stderr)?.[1] ?? "none";
    expect(exitCode).toBe(0);

    const artifacts = join(directory.path, "artifacts/flights", runId);
    expect((await readdir(artifacts)).toSorted()).toEqual([
      "2001-01-airports.csv",
      "2001-01-hours.csv",
      "2001-01-model.json",
    ]);
    const hours = (await readFile(join(artifacts, "2001-01-hours.csv"), "utf8")).trim().split("\n");
    expect(hours).toHaveLength(25);
    expect(hours.slice(1).reduce((sum, line) => sum + Number(line.split(",")[1]), 0)).toBe(508_239);
    const model = JSON.parse(await readFile(join(artifacts, "2001-01-model.json"), "utf8")) as {
      converged: boolean;
      flights: number;
    };
    expect(model).toMatchObject({ month: "2001-01", flights: 508_239, converged: true });
  });

  it("accounts for all three million rows", async () => {
    using directory = temporaryDirectory();
    const { exitCode, stderr } = await runNode([main], { cwd: directory.path });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^ {2}rows {6}3,000,000 /m);
    expect(stderr).toContain("6 flights of 2001-07 belong to no complete month");
  });

  it("ends with 1 and tells the error with its stack when a stage fails", async () => {
    using directory = temporaryDirectory();
    const { exitCode, stderr } = await runNode([main, "--months", "1", "--fail", "fit"], { cwd: directory.path });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^stage fit 2001-01: failure after /m);
    expect(stderr).toMatch(/^monthly-processing {2}failure {2}/m);
    expect(stderr).toContain("stage fit: Error: Stage fit of 2001-01 failed because --fail fit asked for it");
    expect(stderr).toMatch(/^ +at .*step\.(js|ts):\d+/m);
    expect(stderr).not.toMatch(/^stage write/m);
  });

  it("needs no telemetry: switched off, a failing run still says why and ends with 1", async () => {
    using directory = temporaryDirectory();
    const options = { cwd: directory.path, env: { OTEL_SDK_DISABLED: "true" } };
    const { exitCode, stderr } = await runNode([main, "--months", "1", "--fail", "load"], options);
    expect(exitCode).toBe(1);
    expect(stderr).toBe("flights: Stage load of 2001-01 failed because --fail load asked for it\n");
  });

  it("ends with 130 and a cancelled run when it is interrupted", async () => {
    using directory = temporaryDirectory();
    await using child = startNode([main, "--slow"], { cwd: directory.path });
    await waitUntil(() => /^stage load 2001-01/m.test(child.stderr));
    child.kill("SIGINT");
    const { exitCode, stderr } = await child.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^monthly-processing {2}cancellation {2}/m);
  });

  it.each([
    {
      args: ["--months", "0"],
      says: "error: option '--months <count>' argument '0' is invalid. It must be a whole number from 1.",
    },
    { args: ["--months", "two"], says: "error: option '--months <count>' argument 'two' is invalid." },
    { args: ["--months", "7"], says: "Cannot process 7 months: --months must be 1 to 6, as many as " },
    {
      args: ["--fail", "lunch"],
      says: "Allowed choices are index, load, validate, aggregate, fit, write, data-quality.",
    },
    { args: ["--speed"], says: "error: unknown option '--speed'" },
    {
      args: ["--data", "missing.parquet"],
      says: "Cannot read flights: missing.parquet must be a readable parquet file (ENOENT",
    },
    { args: ["--data", main], says: `Cannot read flights: ${main} must be a readable parquet file (` },
    {
      args: ["--output", join(main, "under")],
      says: "Cannot write results: --output must be a directory that can be written (ENOTDIR",
    },
  ])("refuses $args with 2 before any work", async ({ args, says }) => {
    using directory = temporaryDirectory();
    const { exitCode, stdout, stderr } = await runNode([main, ...args], { cwd: directory.path });
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(await readdir(directory.path)).not.toContain(".runlight");
  });

  it("explains its options", async () => {
    const { exitCode, stdout } = await runNode([main, "--help"]);
    expect(exitCode).toBe(0);
    for (const option of ["--months", "--fail", "--slow", "--data", "--output"]) expect(stdout).toContain(option);
  });
});
