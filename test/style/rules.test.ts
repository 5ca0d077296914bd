import { expect, test } from "vitest";
import { documentedExports } from "./rules/documented-exports.ts";
import { fileLength } from "./rules/file-length.ts";
import { fileNames } from "./rules/file-names.ts";
import { privateMembers } from "./rules/private-members.ts";
import { relativeImports } from "./rules/relative-imports.ts";
import { skippedTests } from "./rules/skipped-tests.ts";
import { tableOfContents } from "./rules/table-of-contents.ts";
import { telemetryNames } from "./rules/telemetry-names.ts";
import { testTitles } from "./rules/test-titles.ts";
import { words } from "./rules/words.ts";
import { describeFault, parseSource } from "./source-file.ts";
import type { Rule } from "./source-file.ts";

const source = "packages/core/src/run.ts";
const testFile = "packages/core/test/run.test.ts";

/** Gives the lines that a rule finds fault with, and what it says first. */
function faultsIn(rule: Rule, path: string, text: string): readonly string[] {
  const file = parseSource(path, text);
  return rule(file).map((fault) => describeFault(file, fault));
}

test("documentedExports() wants TSDoc on what is exported, directly or by a list, once for overloads", () => {
  const text = [
    "/** Told. */",
    "export const told = 1;",
    "export interface Untold {}",
    "/** Of overloads the first. */",
    "export function twice(value: string): void;",
    "export function twice(value: number): void;",
    "export function twice(value: unknown): void { void value; }",
    "// A line comment is not enough.",
    "export class Line {}",
    "const listed = 1;",
    "const internal = 2;",
    "export { listed };",
    "void internal;",
  ].join("\n");
  expect(faultsIn(documentedExports, source, text)).toEqual([
    `${source}:3 export Untold has no TSDoc`,
    `${source}:9 export Line has no TSDoc`,
    `${source}:10 export listed has no TSDoc`,
  ]);
});

test("fileLength() accepts 250 lines and refuses 251 in a package's source", () => {
  expect(faultsIn(fileLength, source, "// line\n".repeat(250))).toEqual([]);
  expect(faultsIn(fileLength, source, "// line\n".repeat(251))).toEqual([
    `${source}:251 a file has at most 250 lines, this one has 251`,
  ]);
});

test("fileNames() refuses other cases and names without an idea", () => {
  expect(faultsIn(fileNames, "packages/core/src/run-id.test.ts", "")).toEqual([]);
  expect(faultsIn(fileNames, "packages/core/src/runId.ts", "")).toHaveLength(1);
  expect(faultsIn(fileNames, "packages/core/src/utils/run-id.ts", "")).toHaveLength(1);
  expect(faultsIn(fileNames, "packages/core/src/helpers.ts", "")).toHaveLength(1);
});

test("privateMembers() accepts #name and what overrides, and refuses private", () => {
  const text = ["class A extends B {", "  #a = 1;", "  private b = 2;", "  protected override c(): void {}", "}"].join(
    "\n",
  );
  expect(faultsIn(privateMembers, source, text)).toEqual([`${source}:3 write #name, not private`]);
});

test("relativeImports() refuses an import without its file's ending", () => {
  const text = ['import "./a.ts";', 'import "./b";', 'import "node:fs";', 'export { c } from "./c.js";'].join("\n");
  expect(faultsIn(relativeImports, source, text)).toEqual([
    `${source}:2 "./b" must end with .ts`,
    `${source}:4 "./c.js" must end with .ts`,
  ]);
});

test("skippedTests() accepts a skip with a reason only", () => {
  const text = [
    'test.skip("a() b", () => {});',
    'test("a() b", (context) => context.skip());',
    'test("a() b", (context) => context.skip(true));',
    'test("a() b", (context) => context.skip(true, "no Go here"));',
    'test("a() b", (context) => context.skip("no Go here"));',
    'describe.runIf(true)("a()", () => {});',
  ].join("\n");
  expect(faultsIn(skippedTests, testFile, text).map((fault) => fault.split(" ", 1)[0])).toEqual(
    [1, 2, 3, 6].map((line) => `${testFile}:${line}`),
  );
});

test("tableOfContents() refuses code and export * in an index.ts", () => {
  const index = "packages/core/src/index.ts";
  const text = ['export { a, type B } from "./a.ts";', 'export * from "./c.ts";', "export const d = 1;"].join("\n");
  expect(faultsIn(tableOfContents, index, text)).toEqual([
    `${index}:2 index.ts holds named re-exports only`,
    `${index}:3 index.ts holds named re-exports only`,
  ]);
  expect(faultsIn(tableOfContents, source, text)).toEqual([]);
});

test("telemetryNames() refuses a registered name outside of conventions", () => {
  const text = ['const a = "stage.started";', "const b = { [`runlight.stage.name`]: 1 };", 'const c = "stage";'].join(
    "\n",
  );
  expect(faultsIn(telemetryNames, source, text)).toEqual([
    `${source}:1 write EVENT_STAGE_STARTED for "stage.started"`,
    `${source}:2 write ATTR_RUNLIGHT_STAGE_NAME for "runlight.stage.name"`,
  ]);
  expect(faultsIn(telemetryNames, "packages/conventions/src/registry/events.ts", text)).toEqual([]);
});

test("testTitles() accepts what begins with a symbol, on the test or on the suite around it", () => {
  const titles = [
    "stage() ends",
    "Spool.append() keeps order",
    "$path is fine",
    "agent.yaml names no port",
    "Spool keeps order",
  ];
  const accepted = titles.map((title) => `test(${JSON.stringify(title)}, () => {});`);
  const suite = 'describe("stage()", () => { test.for([1])("ends", () => {}); });';
  expect(faultsIn(testTitles, testFile, [...accepted, suite].join("\n"))).toEqual([]);
});

test("testTitles() refuses a sentence", () => {
  const titles = ["should work", "it ends", "The spool keeps order", "works"];
  const text = titles.map((title) => `test(${JSON.stringify(title)}, () => {});`).join("\n");
  expect(faultsIn(testTitles, testFile, text)).toEqual(
    titles.map((title, index) => `${testFile}:${index + 1} name the test \`symbol() fact\`, not "${title}"`),
  );
});

test("words() refuses notes to oneself and paths of one machine", () => {
  const note = ["TO", "DO"].join("");
  const text = [`// ${note}: later`, `const path = "${["", "home", "me"].join("/")}";`, "// done"].join("\n");
  expect(faultsIn(words, source, text)).toEqual([
    `${source}:1 finish it or open an issue`,
    `${source}:2 a path of one machine`,
  ]);
});
