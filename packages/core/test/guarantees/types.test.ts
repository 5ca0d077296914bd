import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const compiler = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url));
const project = fileURLToPath(new URL("fixtures/tsconfig.json", import.meta.url));

test("workTyped() compiles: each type is the one that is claimed, and what is wrong is refused", async () => {
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, [compiler, "-p", project], (_error, stdout, stderr) => resolve(stdout + stderr)),
  );
  expect(output).toBe("");
});
