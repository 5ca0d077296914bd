import { readdirSync } from "node:fs";
import { runNode, startNode, temporaryDirectory, waitUntil } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { drilledAlerts } from "../../../src/drill/run-drill.ts";
import { cliPath } from "../../support/run-cli.ts";
import { buildStack, buildTimeoutMs } from "./built-stack.ts";

beforeAll(buildStack, buildTimeoutMs);

const command = [cliPath, "alerts", "drill", "--port-offset", "15500"];
/** Second stages and slow growth: they take minutes, and `npm run alerts -- drill` has them. */
const long = new Set(["RunlightRunStuckLong", "RunlightSpoolGrowingLong", "RunlightMemoryLeak"]);

test(
  "runlight alerts drill makes alerts happen, pages by mail and webhook, and sees them end",
  { timeout: 900_000 },
  async () => {
    using directory = temporaryDirectory();
    const wanted = drilledAlerts.filter((alert) => !long.has(alert));
    const { stdout, stderr, exitCode } = await runNode([...command, "--json", "--only", wanted.join(",")], {
      cwd: directory.path,
      timeoutMs: 840_000,
    });
    const { rows } = JSON.parse(stdout) as {
      rows: readonly { alert: string; passed: boolean; silencedBy: string | null }[];
    };
    expect(
      rows.filter(({ passed }) => !passed),
      stderr,
    ).toEqual([]);
    expect([...new Set(rows.map(({ alert }) => alert))].toSorted()).toEqual(wanted.toSorted());
    expect(exitCode).toBe(0);
    // The highest stage speaks; and without the Collector no run is called lost.
    expect(rows.flatMap(({ alert, silencedBy }) => (silencedBy === null ? [] : [[alert, silencedBy]]))).toEqual(
      expect.arrayContaining([
        ["RunlightMemoryHigh", "RunlightMemoryCritical"],
        ["RunlightRunLost", "RunlightStackPartDown"],
      ]),
    );
  },
);

test("runlight alerts drill ends all that it started when it is interrupted", { timeout: 600_000 }, async () => {
  using directory = temporaryDirectory();
  await using drill = startNode([...command, "--only", "RunlightRunStuck"], {
    cwd: directory.path,
    timeoutMs: 540_000,
    env: { TMPDIR: directory.path },
  });
  await waitUntil(() => drill.stderr.includes("a run's progress stands still"), { timeoutMs: 480_000 });
  drill.kill("SIGINT");
  const { stdout, stderr, exitCode } = await drill.ended;
  expect([stdout, exitCode], stderr).toEqual(["", 130]);
  expect(readdirSync(directory.path).filter((name) => name.startsWith("runlight-drill"))).toEqual([]);
});

test("runlight alerts drill refuses names that are no alerts it can make happen", async () => {
  using directory = temporaryDirectory();
  const { stderr, exitCode } = await runNode([...command, "--only", "RunlightRunFailed,RunlightImagined"], {
    cwd: directory.path,
  });
  expect(stderr).toBe(
    `runlight: Cannot drill: --only must name some of ${drilledAlerts.join(",")}, current value is RunlightImagined\n`,
  );
  expect(exitCode).toBe(2);
});
