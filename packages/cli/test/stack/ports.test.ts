import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePortOffset, stackPorts } from "../../src/stack/ports.ts";
import { movePorts } from "../../src/stack/render-configuration.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

const read = (path: string): string => readFileSync(join(findStackRoot(), path), "utf8");

test("stackPorts are the defaults of the variables in the configuration files, every one of them", () => {
  const text = ["collector/agent.yaml", "grafana/tempo/tempo.yaml", "grafana/loki/loki.yaml"].map(read).join("\n");
  const known = new Map(stackPorts.map((entry) => [entry.variable, String(entry.port)]));
  const used = [...text.matchAll(/\$\{(?:env:)?(RUNLIGHT_STACK_\w+_PORT):-(\d+)\}/g)];
  expect(used.length).toBeGreaterThan(10);
  for (const [, variable, port] of used) expect([variable, port]).toEqual([variable, known.get(variable!)]);
});

test("movePorts() moves every address of prometheus.yaml, for the stack knows all its ports", () => {
  const addresses = (text: string): number[] =>
    [...text.matchAll(/127\.0\.0\.1:(\d+)/g)].map((match) => Number(match[1]));
  const text = read("grafana/prometheus/prometheus.yaml");
  expect(addresses(text).length).toBe(6);
  expect(addresses(movePorts(text, 100))).toEqual(addresses(text).map((port) => port + 100));
});

test("movePorts() leaves the ports of others alone", () => {
  expect(movePorts("http://127.0.0.1:9090 http://127.0.0.1:8080", 5)).toBe(
    "http://127.0.0.1:9095 http://127.0.0.1:8080",
  );
});

test("parsePortOffset() takes what keeps all ports within 1024 and 65535, and nothing beyond", () => {
  const ports = stackPorts.map((entry) => entry.port);
  const lowest = 1024 - Math.min(...ports);
  const highest = 65_535 - Math.max(...ports);
  expect(parsePortOffset(String(lowest))).toBe(lowest);
  expect(parsePortOffset(String(highest))).toBe(highest);
  expect(() => parsePortOffset(String(lowest - 1))).toThrow(RangeError);
  expect(() => parsePortOffset(String(highest + 1))).toThrow(RangeError);
  expect(() => parsePortOffset("1.5")).toThrow(/must be a whole number .* current value is 1\.5/);
});
