import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("programs/huge-output.ts", import.meta.url));

test("exec() takes 200 MB without a line's end in less than half as much memory", { timeout: 60_000 }, async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "huge.log");
  const { stdout } = await runNode([program, file], { timeoutMs: 50_000 });
  const { grownBytes, ...told } = JSON.parse(stdout) as { readonly grownBytes: number };
  expect(told).toEqual({ tail: 65_536, sizeBytes: 200_000_000, lines: 1, unrecordedLines: 0, dropped: 0 });
  expect(statSync(file).size).toBe(200_000_000);
  expect(grownBytes).toBeLessThan(100_000_000);
});
