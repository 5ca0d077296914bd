import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readJson, readText, root } from "../workspace/root.ts";
import { blocksInMarkdown } from "./code-blocks.ts";
import { markdownFiles } from "./markdown-files.ts";

const run = promisify(execFile);
const shells = new Set(["bash", "sh", "console"]);
const programs = {
  runlight: "packages/cli/bin/runlight.js",
  start: "examples/flights/dist/main.js",
} as const;

const { scripts } = readJson<{ readonly scripts: Readonly<Record<string, string>> }>("package.json");

const commands = markdownFiles()
  .flatMap((path) => blocksInMarkdown(path, readText(path)))
  .filter(({ language }) => shells.has(language))
  .flatMap(({ path, line, code }) =>
    code.split("\n").flatMap((text, index) => {
      const words = wordsOf(text);
      return words.length === 0 ? [] : [{ title: `${path}:${line + index}`, words }];
    }),
  );

test("commands.test.ts reads what the pages tell to type", () => {
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test", "check", "stack"]));
});

test.for(commands)("$title names scripts, sub-commands and options that exist", async ({ words }) => {
  const [program, script = "", ...parameters] = words;
  if (program === "npm") {
    expect(scripts).toHaveProperty([script]);
    if (script === "stack") await expectKnown(programs.runlight, ["stack", ...parameters]);
    if (script === "start") await expectKnown(programs.start, parameters);
  } else {
    await expectKnown(programs.runlight, words.slice(1));
  }
});

/** The words of an npm or runlight command: `npm run a -- b` and `npm a -- b` give `npm a b`; nothing for other commands. */
function wordsOf(line: string): readonly string[] {
  const words = line
    .replace(/^\s*\$\s+/, "")
    .replace(/\s#.*$/, "")
    .split(/\s+/)
    .filter((word, index, all) => word !== "" && !all.slice(0, index + 1).every((other) => /^\w+=/.test(other)));
  const [program, second] = words;
  const rest = words.filter((word) => word !== "--");
  if (program === "npx" && second === "runlight") return rest.slice(1);
  if (program === "runlight") return rest;
  if (program !== "npm") return [];
  if (second === "run") return ["npm", ...rest.slice(2)];
  return second === "start" || second === "test" ? rest : [];
}

/** Follows the words through the help of a program and its sub-commands. */
async function expectKnown(program: string, words: readonly string[]): Promise<void> {
  const path: string[] = [];
  let help = await helpOf(program, path);
  for (const word of words) {
    if (word.startsWith("--")) expect(help).toContain(word.split("=", 1)[0]);
    else if (/^Commands:/m.test(help)) {
      expect(help).toMatch(new RegExp(`^\\s+${word}\\b`, "m"));
      path.push(word);
      help = await helpOf(program, path);
    }
  }
}

async function helpOf(program: string, path: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [`${root}${program}`, ...path, "--help"], { timeout: 100_000 });
  return stdout;
}
