import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { findStackRoot } from "../src/stack/stack-root.ts";
import { runCli } from "./support/run-cli.ts";

const shipped = join(findStackRoot(), "grafana/dashboards");

test("runlight dashboards check finds nothing wrong with the shipped ones", async () => {
  using directory = temporaryDirectory();
  const { stdout, exitCode } = await runCli(["dashboards", "check"], { cwd: directory.path });
  expect([exitCode, stdout]).toEqual([0, "9 dashboards: every query parses and names only what is emitted\n"]);
});

test("runlight dashboards check names file, panel and mend, and exits with 1", async () => {
  using directory = temporaryDirectory();
  cpSync(join(shipped, "host.json"), join(directory.path, "host.json"));
  const file = join(directory.path, "host.json");
  writeFileSync(file, readFileSync(file, "utf8").replace("nodejs_eventloop_delay_p99_seconds", "nodejs_imagined"));
  const { stdout, stderr, exitCode } = await runCli(["dashboards", "check", "--folder", "."], { cwd: directory.path });
  expect(stdout).toBe(
    'host.json: panel 3 "Event loop delay, 99th percentile": nodejs_imagined is no metric; names stand in packages/conventions/src/registry, those of others in packages/dashboards/src\n',
  );
  expect([exitCode, stderr]).toEqual([1, "runlight: 1 faults in 1 dashboard\n"]);
});

test("runlight dashboards check refuses a folder without dashboards", async () => {
  using directory = temporaryDirectory();
  const { stderr, exitCode } = await runCli(["dashboards", "check", "--folder", "."], { cwd: directory.path });
  expect([exitCode, stderr]).toEqual([
    2,
    `runlight: Cannot check dashboards: --folder must be a folder with JSON files, current value is ${directory.path}\n`,
  ]);
});
