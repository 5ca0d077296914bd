import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { SuiteResult } from "../measure/run-suite.ts";
import { suites } from "../suites.ts";
import { renderPage } from "./page.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pagePath = `${root}docs/performance.md`;

/** Reads the last result of a suite that was written down; `undefined` when there is none. */
export function readResult(suite: string): SuiteResult | undefined {
  const path = resultPath(suite);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as SuiteResult) : undefined;
}

/** Writes a suite's result down, and the page from all results there are. */
export function writeResult(result: SuiteResult): void {
  const path = resultPath(result.suite);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(result, rounded, 2)}\n`);
  writePage();
  format([path, pagePath]);
}

function writePage(): void {
  writeFileSync(pagePath, renderPage(suites.flatMap(({ name }) => readResult(name) ?? [])));
}

function resultPath(suite: string): string {
  return `${root}bench/results/${suite}.json`;
}

/** Five digits are more than the measurement knows. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

function format(paths: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [`${root}node_modules/oxfmt/bin/oxfmt`, ...paths], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Cannot format ${paths.join(", ")}: ${stderr}`);
}
