import { type Claim, type ClaimsOfSource, createClaims } from "../claims.ts";
import { brokenRule } from "../faults.ts";
import type { Rule } from "../rules/rule.ts";
import type { ConfigFault } from "../telemetry-config-error.ts";
import type { ConfigDocument } from "./config-document.ts";
import { dottedPath, type FilePath, valueAt } from "./file-path.ts";

/** Reads a configuration file part by part. What is told as a fault once, and all below it, counts as absent from then on. */
export interface FileReader {
  /** The value at a path; `undefined` where there is none, or null, or a fault. */
  readonly value: (path: FilePath) => unknown;
  /** Number of items of a list; 0 where there is none. */
  readonly count: (path: FilePath) => number;
  /** Claims a value that keeps a rule, and gives it back; a fault otherwise. */
  readonly take: <T>(path: FilePath, rule: Rule<T>, claims?: (value: T) => readonly Claim[]) => T | undefined;
  readonly add: (path: FilePath, claims: readonly Claim[]) => void;
  readonly refuse: (path: FilePath, rule: Pick<Rule<unknown>, "secret" | "text">) => void;
  readonly claims: ClaimsOfSource;
  readonly faults: readonly ConfigFault[];
}

/** A reader of a document. */
export function createFileReader(document: ConfigDocument): FileReader {
  const claims = createClaims();
  const faults: ConfigFault[] = [...document.faults];
  const refused: FilePath[] = [];

  const isRefused = (path: FilePath): boolean =>
    refused.some((above) => above.length <= path.length && above.every((part, index) => part === path[index]));
  const value = (path: FilePath): unknown =>
    isRefused(path) ? undefined : (valueAt(document.value, path) ?? undefined);
  const add = (path: FilePath, found: readonly Claim[]): void =>
    claims.add(found, { source: "file", path: dottedPath(path), where: document.where(path) });
  const refuse: FileReader["refuse"] = (path, rule) => {
    if (isRefused(path)) return;
    refused.push(path);
    const fault = brokenRule(
      { path: dottedPath(path), where: document.where(path) },
      rule,
      valueAt(document.value, path),
    );
    const written = rule.secret === true ? undefined : document.written(path);
    faults.push(written === undefined ? fault : { ...fault, value: written });
  };

  return {
    value,
    count(path) {
      const list = value(path);
      return Array.isArray(list) ? list.length : 0;
    },
    take(path, rule, makeClaims) {
      const found = value(path);
      if (found === undefined) return undefined;
      const accepted = rule.accept(found);
      if (accepted === undefined) refuse(path, rule);
      else if (makeClaims !== undefined) add(path, makeClaims(accepted));
      return accepted;
    },
    add,
    refuse,
    claims,
    faults,
  };
}
