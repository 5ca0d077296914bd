import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "./programs.ts";

/** Flags of `go build` that decide what is in the executable, without the output path. */
export function goBuildFlags(program: Program): readonly string[] {
  const variables = Object.entries(program.linkerVariables).map(([name, value]) => `-X ${name}=${value}`);
  const tags = program.buildTags.length === 0 ? [] : ["-tags", program.buildTags.join(",")];
  return ["-mod=readonly", ...tags, "-ldflags", ["-s", "-w", ...variables].join(" ")];
}

/**
 * Gives the twelve hexadecimal digits that name one build: the first of the SHA-256 over `go.mod`, `go.sum`, the Go sources
 * beside them, the packages and flags, and the platform. Equal keys mean equal executables but for the Go release.
 */
export function buildKey(
  stackRoot: string,
  program: Program,
  platform = `${process.platform}/${process.arch}`,
): string {
  const directory = join(stackRoot, program.moduleDirectory);
  const sources = readdirSync(directory).filter((name) => name.endsWith(".go"));
  const hash = createHash("sha256");
  for (const name of ["go.mod", "go.sum", ...sources.sort()]) {
    const content = readFileSync(join(directory, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  hash.update(JSON.stringify([platform, program.targets, goBuildFlags(program)]));
  return hash.digest("hex").slice(0, 12);
}
