import { expect, test } from "vitest";
import { blocksInComments, blocksInMarkdown } from "./code-blocks.ts";
import { exampleProgram } from "./example-program.ts";

test("blocksInMarkdown() gives language, code and the line the code begins on", () => {
  const text = ["# Title", "", "```ts", "one();", "```", "", "```bash", "npm test", "```", ""].join("\n");
  expect(blocksInMarkdown("README.md", text)).toEqual([
    { path: "README.md", line: 4, language: "ts", code: "one();\n" },
    { path: "README.md", line: 8, language: "bash", code: "npm test\n" },
  ]);
});

test("blocksInComments() finds the blocks after @example only", () => {
  const text = [
    "/**",
    " * ```ts",
    " * not();",
    " * ```",
    " */",
    "/**",
    " * @example",
    " * ```ts",
    " * one();",
    " * ```",
    " */",
  ];
  expect(blocksInComments("a.ts", text.join("\n"))).toEqual([
    { path: "a.ts", line: 9, language: "ts", code: "one();\n" },
  ]);
});

test("exampleProgram() asserts the values behind the arrows and keeps the lines", () => {
  const code = [
    "one(2); // => 3",
    "const two = 2; // => 2",
    "console.log(two) // => 2",
    "function f() { one(1); } // plain",
  ].join("\n");
  expect(exampleProgram({ path: "README.md", line: 2, language: "ts", code })).toBe(
    [
      "",
      'import { deepStrictEqual as same } from "node:assert/strict"; same(await (one(2)), 3); // => 3',
      "const two = 2; same(two, 2); // => 2",
      "same(await (two), 2); // => 2",
      "function f() { one(1); } // plain",
    ].join("\n"),
  );
});

test("exampleProgram() awaits nothing inside a function", () => {
  const code = "run(() => {\n  one(); // => 1\n});";
  expect(exampleProgram({ path: "README.md", line: 1, language: "ts", code })).toBe(
    'import { deepStrictEqual as same } from "node:assert/strict"; run(() => {\n  same((one()), 1); // => 1\n});',
  );
});

test("exampleProgram() refuses an arrow behind nothing", () => {
  const block = { path: "README.md", line: 1, language: "ts", code: "one();\n// => 3" };
  expect(() => exampleProgram(block)).toThrow(
    new SyntaxError('Cannot check the example: no statement stands before "// => 3"'),
  );
});
