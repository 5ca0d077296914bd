import { existsSync, readdirSync } from "node:fs";
import { parseSync } from "oxc-parser";
import type { Comment, EcmaScriptModule, Program } from "oxc-parser";
import { examples, packages } from "../workspace/packages.ts";
import { readText, root } from "../workspace/root.ts";

/** One source file, parsed. */
export interface SourceFile {
  /** Path in the repository: `packages/core/src/index.ts`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly module: EcmaScriptModule;
}

/** A place that breaks a rule, and what to do about it. */
export interface Fault {
  /** Where in the text, in UTF-16 units from its start. */
  readonly offset: number;
  readonly message: string;
}

/** A rule of the house: gives the faults of one file. */
export type Rule = (file: SourceFile) => readonly Fault[];

const source = /\.(?:ts|mjs|js)$/;

/** Parses the text of a source file. Throws SyntaxError where it cannot. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, comments, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(`Cannot parse ${path}: ${error.message}`);
  return { path, text, program, comments, module };
}

/** Reads every source file of the repository that a person writes. */
export function readSourceFiles(): readonly SourceFile[] {
  const folders = [...packages, ...examples].flatMap(({ path }) =>
    ["src", "scripts", "bin", "test"].map((part) => `${path}/${part}`),
  );
  const files = [...folders, "bench", "test", ".ci"].flatMap(filesBelow);
  return ["vitest.config.ts", ...files.filter((path) => source.test(path) && !path.includes("/generated/"))].map(
    (path) => parseSource(path, readText(path)),
  );
}

/** Writes a fault as `file:line message`, which editors and terminals make a link of. */
export function describeFault({ path, text }: Pick<SourceFile, "path" | "text">, { offset, message }: Fault): string {
  const line = text.slice(0, offset).split("\n").length;
  return `${path}:${line} ${message}`;
}

/** Tells whether a file is part of what a package publishes. */
export function isPackageSource({ path }: SourceFile): boolean {
  return /^packages\/[\w-]+\/src\//.test(path);
}

/** Tells whether a file holds tests. */
export function isTestFile({ path }: SourceFile): boolean {
  return path.endsWith(".test.ts");
}

/** Gives every file below a folder of the repository, without what is installed or built. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(`${root}${folder}`)) return [];
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
