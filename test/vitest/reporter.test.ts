import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { root } from "../workspace/root.ts";

const run = promisify(execFile);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const config = join(import.meta.dirname, "fixtures/vitest.config.ts");

/** Runs fixtures by their names and gives the last lines that were printed. */
async function lastLines(count: number, fixtures: readonly string[]): Promise<readonly string[]> {
  const environment = { ...process.env, NO_COLOR: "1", CI: "true" };
  const { stdout } = await run(process.execPath, [vitest, "run", "--config", config, ...fixtures], {
    cwd: root,
    env: environment,
  }).catch((error: unknown) => error as { readonly stdout: string });
  return stdout.split("\n").slice(-count - 1);
}

describe("ClosingLineReporter", () => {
  test("lists skipped tests with their reasons above the closing line", async () => {
    expect(await lastLines(2, ["passing-and-skipped"])).toEqual([
      "skipped: test/vitest/fixtures/passing-and-skipped.fixture.ts > three() is skipped: no third here",
      "2 passed, 0 failed, 1 skipped",
      "",
    ]);
  });

  test("counts a failing hook as failed beside the failing test", async () => {
    expect(await lastLines(1, ["failing-hook"])).toEqual(["0 passed, 2 failed, 1 skipped", ""]);
  });

  test("counts an error outside of any test as failed", async () => {
    expect(await lastLines(1, ["error-outside"])).toEqual(["1 passed, 1 failed, 0 skipped", ""]);
  });

  test("counts a file that cannot be loaded as failed", async () => {
    expect(await lastLines(1, ["not-loadable"])).toEqual(["0 passed, 1 failed, 0 skipped", ""]);
  });
});
