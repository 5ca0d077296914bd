import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { runStack } from "./run-stack.ts";

test("build says in one line which Go is needed and which one is there", async () => {
  using directory = temporaryDirectory();
  const bin = join(directory.path, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "go"), "#!/bin/sh\necho go1.26.4\n");
  chmodSync(join(bin, "go"), 0o755);
  const env = { PATH: `${bin}:/usr/bin:/bin`, XDG_CACHE_HOME: directory.path };
  const { exitCode, stderr } = await runStack(["build", "--only", "loki"], { directory: directory.path, env });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "Cannot build the stack: Go must be 1.26.5 or later (https://go.dev/dl/), current value is 1.26.4\n",
  );
});
