import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readText, root } from "../workspace/root.ts";

const vitest = join(root, "node_modules/vitest/vitest.mjs");
const rows = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    // The formatter pads the columns.
    .map((line) => line.replaceAll(/ +/gu, " ").replaceAll(/-{3,}/gu, "---"));

test("guarantees() print the README's table where they are asked for by name", async () => {
  const file = "packages/core/test/guarantees/guarantees.test.ts";
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, "run", file], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
  });
  const [, table = ""] = readText("README.md").split(/<!-- \/?guarantees -->/u);
  expect(rows(stdout)).toEqual(rows(table));
  expect(rows(stdout).length).toBeGreaterThan(30);
});
