import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { buildKey, goBuildFlags } from "../../src/stack/build-key.ts";
import { programs } from "../../src/stack/programs.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

const collector = programs.find((program) => program.name === "collector")!;

test("buildKey() is the same for the same sources and another one for other sums, sources, flags or platforms", () => {
  using directory = temporaryDirectory();
  const copy = directory.path;
  cpSync(join(findStackRoot(), "collector"), join(copy, "collector"), { recursive: true });
  const key = buildKey(findStackRoot(), collector);
  expect(key).toMatch(/^[0-9a-f]{12}$/);
  expect(buildKey(copy, collector)).toBe(key);
  expect(buildKey(copy, collector, "darwin/arm64")).not.toBe(key);
  expect(buildKey(copy, { ...collector, buildTags: ["other"] })).not.toBe(key);

  writeFileSync(join(copy, "collector", "agent.yaml"), "");
  expect(buildKey(copy, collector)).toBe(key);
  for (const name of ["go.sum", "main.go"]) {
    const before = buildKey(copy, collector);
    const path = join(copy, "collector", name);
    writeFileSync(path, `${readFileSync(path, "utf8")}\n`);
    expect(buildKey(copy, collector)).not.toBe(before);
  }
});

test("goBuildFlags() never lets Go change a module file and always writes the version into the executable", () => {
  for (const program of programs) {
    const flags = goBuildFlags(program);
    expect(flags).toContain("-mod=readonly");
    if (program.name !== "collector") expect(flags.join(" ")).toContain(`=${program.version}`);
  }
});
