import { expect, test } from "vitest";
import { readText } from "../workspace/root.ts";
import { documentedExports } from "./rules/documented-exports.ts";
import { fileLength } from "./rules/file-length.ts";
import { fileNames } from "./rules/file-names.ts";
import { privateMembers } from "./rules/private-members.ts";
import { relativeImports } from "./rules/relative-imports.ts";
import { skippedTests } from "./rules/skipped-tests.ts";
import { tableOfContents } from "./rules/table-of-contents.ts";
import { telemetryNames } from "./rules/telemetry-names.ts";
import { testTitles } from "./rules/test-titles.ts";
import { unwantedWords, words } from "./rules/words.ts";
import { describeFault, filesBelow, readSourceFiles } from "./source-file.ts";

const files = readSourceFiles();

const rules = Object.entries({
  documentedExports,
  fileLength,
  fileNames,
  privateMembers,
  relativeImports,
  skippedTests,
  tableOfContents,
  telemetryNames,
  testTitles,
  words,
});

test.for(rules)("%s() finds no fault in the repository", ([, rule]) => {
  expect(files.flatMap((file) => rule(file).map((fault) => describeFault(file, fault)))).toEqual([]);
});

test("unwantedWords() finds no fault in documents and configuration", () => {
  const folders = ["docs", "grafana", "collector", "packages", "examples", ".ci", ".changeset"];
  const files = ["README.md", "ARCHITECTURE.md", "docker-compose.yml", ".ci/run", ...folders.flatMap(filesBelow)];
  const texts = files
    .filter((path) => /\.(?:md|ya?ml|json|toml)$|\.ci\/run$/.test(path))
    .map((path) => ({ path, text: readText(path) }));
  expect(texts.flatMap((file) => unwantedWords(file.text).map((fault) => describeFault(file, fault)))).toEqual([]);
});

test("readSourceFiles() finds the sources of every package", () => {
  expect(files.map(({ path }) => path)).toContain("packages/conventions/src/index.ts");
  expect(files.length).toBeGreaterThan(100);
});
