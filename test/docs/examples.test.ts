import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSourceFiles } from "../style/source-file.ts";
import { readText, root } from "../workspace/root.ts";
import { blocksInComments, blocksInMarkdown } from "./code-blocks.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { exampleProgram } from "./example-program.ts";
import { markdownFiles } from "./markdown-files.ts";

const run = promisify(execFile);
const timeoutMs = 180_000;

/** Below the repository, so that the examples find its packages as a user's program finds them; ignored by git and the tools. */
const directory = fileURLToPath(new URL("dist/", import.meta.url));

const examples = [
  ...markdownFiles().flatMap((path) => blocksInMarkdown(path, readText(path))),
  ...readSourceFiles().flatMap(({ path, text }) => (path.includes("/src/") ? blocksInComments(path, text) : [])),
]
  .filter(({ language }) => language === "ts")
  .map((block) => ({ title: `${block.path}:${block.line}`, block }));

const programName = ({ path, line }: CodeBlock): string => `${path.replaceAll(/[^\w.]/g, "_")}_${line}`;

beforeAll(() => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const { block } of examples) writeFileSync(join(directory, `${programName(block)}.ts`), exampleProgram(block));
  const project = {
    extends: "../../tsconfig.json",
    compilerOptions: { incremental: false, noUnusedLocals: false, noUnusedParameters: false },
    include: ["*.ts"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(project));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("examples", () => {
  test("tsc() accepts them all", { timeout: timeoutMs }, async () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [tsc, "-p", directory], {
      cwd: directory,
      timeout: timeoutMs,
    }).catch((error: unknown) => error as { readonly stdout: string });
    expect(stdout).toBe("");
  });

  test.for(examples)("$title runs to its end with the values it states", { timeout: timeoutMs }, async ({ block }) => {
    const program = join(directory, `${programName(block)}.mjs`);
    const { code } = await transform(exampleProgram(block), {
      loader: "ts",
      target: "es2023",
      sourcemap: "inline",
      sourcefile: `${root}${block.path}`,
    });
    writeFileSync(program, code);
    const cwd = mkdtempSync(join(tmpdir(), "runlight-example-"));
    const environment = Object.entries(process.env).filter(
      ([name]) => !/^(?:OTEL_|RUNLIGHT_|VITEST|NODE_ENV$)/.test(name),
    );
    try {
      await run(process.execPath, ["--enable-source-maps", program], {
        cwd,
        timeout: timeoutMs,
        env: Object.fromEntries(environment),
      });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});
