import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

const lockfile = JSON.parse(readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8")) as Lockfile;

// Classes and global state of the SDK packages are found only within one copy: a second one loses data without a word.
test("package-lock.json has one copy of each OpenTelemetry package", () => {
  const copies = new Map<string, string[]>();
  for (const [path, { version }] of Object.entries(lockfile.packages)) {
    const name = /(?:^|\/)node_modules\/(@opentelemetry\/[^/]+)$/.exec(path)?.[1];
    if (name !== undefined) copies.set(name, [...(copies.get(name) ?? []), `${version} at ${path}`]);
  }
  expect([...copies.values()].filter((found) => found.length > 1)).toEqual([]);
  expect(copies.size).toBeGreaterThan(20);
});

test("package-lock.json has the versions that were proven to work together", () => {
  const version = (name: string): string | undefined =>
    lockfile.packages[`node_modules/@opentelemetry/${name}`]?.version;
  const names = [
    "api",
    "sdk-trace",
    "sdk-metrics",
    "sdk-logs",
    "resources",
    "core",
    "context-async-hooks",
    "otlp-transformer",
    "sdk-node",
    "api-logs",
  ];
  expect(Object.fromEntries(names.map((name) => [name, version(name)]))).toEqual({
    api: "1.10.0",
    "sdk-trace": "3.1.0",
    "sdk-metrics": "3.1.0",
    "sdk-logs": "3.1.0",
    resources: "3.1.0",
    core: "3.1.0",
    "context-async-hooks": "3.1.0",
    "otlp-transformer": "0.301.0",
    "sdk-node": "0.301.0",
    "api-logs": "0.223.1",
  });
});
