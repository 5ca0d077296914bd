import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { programs } from "../../src/stack/programs.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

const root = findStackRoot();
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");
const kinds = ["receivers", "processors", "connectors", "exporters", "extensions", "providers"] as const;

interface BuilderManifest extends Readonly<Record<(typeof kinds)[number], readonly { readonly gomod: string }[]>> {
  readonly dist: { readonly version: string; readonly name: string; readonly build_tags: string };
}

const manifest = parse(read("collector", "builder.yaml")) as BuilderManifest;
const components = kinds.flatMap((kind) => manifest[kind].map((entry) => entry.gomod));

test("collector/builder.yaml and the generated sources hold the same components at the same versions", () => {
  const sources = read("collector", "components.go") + read("collector", "main.go");
  const generated = [...sources.matchAll(/"((?:go\.opentelemetry\.io|github\.com)\S+ v\d\S+)"/g)].map(
    (match) => match[1],
  );
  expect(new Set(generated)).toEqual(new Set(components));
});

test("collector/go.mod requires every component of the manifest at its version", () => {
  const required = new Set(
    read("collector", "go.mod")
      .split("\n")
      .map((line) => line.trim()),
  );
  expect(components.filter((component) => !required.has(component))).toEqual([]);
});

test("programs() name the version and the build tags that the Collector's manifest has", () => {
  const collector = programs.find((program) => program.name === "collector")!;
  expect(collector.version).toBe(manifest.dist.version);
  expect(collector.buildTags).toEqual(manifest.dist.build_tags.split(","));
  expect(collector.targets.map((target) => target.binary)).toEqual([manifest.dist.name]);
});

test("programs() build what each module of grafana/ lists as tools", () => {
  for (const program of programs.filter((program) => program.name !== "collector")) {
    const module = read(program.moduleDirectory, "go.mod");
    const tools = program.targets.map((target) => target.goPackage);
    expect([...module.matchAll(/^(?:\t|tool )(\S+\/cmd\/\S+)$/gm)].map((match) => match[1])).toEqual(tools);
  }
});
