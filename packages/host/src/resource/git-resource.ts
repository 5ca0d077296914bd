import { closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Attributes } from "@opentelemetry/api";
import {
  RESOURCE_VCS_REF_HEAD_NAME,
  RESOURCE_VCS_REF_HEAD_REVISION,
  RESOURCE_VCS_REPOSITORY_URL_FULL,
} from "@runlight/conventions/names";

/** Most directories that are looked at on the way up. */
const maxLevels = 32;
/** Of each file of Git, so much is read; a list of packed references can be longer, then a reference behind it is not found. */
const maxReadBytes = 1024 * 1024;

/**
 * Which commit and branch of which repository is checked out around a directory, as Git's own files say it; empty where there is no repository.
 * Synchronous, well below a millisecond, starts no process. Credentials in the repository's address are left out.
 */
export function gitResource(directory: string): Attributes {
  const repository = findRepository(directory);
  if (repository === undefined) return {};
  const head = readStart(join(repository.gitDirectory, "HEAD")).trim();
  const reference = /^ref: (refs\/\S+)$/u.exec(head)?.[1];
  const revision = reference === undefined ? head : revisionOf(repository, reference);
  const name = reference?.replace(/^refs\/heads\//u, "");
  const url = originOf(readStart(join(repository.commonDirectory, "config")));
  return {
    // A repository that keeps its references in tables has a name here that no branch can have.
    ...(name === undefined || name === ".invalid" ? {} : { [RESOURCE_VCS_REF_HEAD_NAME]: name }),
    ...(isRevision(revision) ? { [RESOURCE_VCS_REF_HEAD_REVISION]: revision } : {}),
    ...(url === undefined ? {} : { [RESOURCE_VCS_REPOSITORY_URL_FULL]: url }),
  };
}

interface Repository {
  /** Of this working tree. */
  readonly gitDirectory: string;
  /** Shared by all working trees of the repository. */
  readonly commonDirectory: string;
}

function findRepository(directory: string): Repository | undefined {
  let at = resolve(directory);
  for (let level = 0; level < maxLevels; level += 1) {
    const path = join(at, ".git");
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return withCommon(path);
    // A further working tree, or a submodule, has a file that says where its own is.
    const elsewhere = stat === undefined ? undefined : /^gitdir: (.+)$/mu.exec(readStart(path))?.[1];
    if (elsewhere !== undefined) return withCommon(resolve(at, elsewhere.trim()));
    const above = dirname(at);
    if (above === at) return undefined;
    at = above;
  }
  return undefined;
}

function withCommon(gitDirectory: string): Repository {
  const common = readStart(join(gitDirectory, "commondir")).trim();
  return { gitDirectory, commonDirectory: common === "" ? gitDirectory : resolve(gitDirectory, common) };
}

function revisionOf({ gitDirectory, commonDirectory }: Repository, reference: string): string {
  const loose = [gitDirectory, commonDirectory].map((directory) => readStart(join(directory, reference)).trim());
  const found = loose.find(isRevision);
  if (found !== undefined) return found;
  const packed = readStart(join(commonDirectory, "packed-refs")).split("\n");
  return packed.find((line) => line.endsWith(` ${reference}`))?.split(" ")[0] ?? "";
}

function originOf(config: string): string | undefined {
  const section = /^\[remote "origin"\]\n((?:[ \t].*\n?)*)/mu.exec(config)?.[1];
  const url = section === undefined ? undefined : /^\s*url\s*=\s*(.+)$/mu.exec(section)?.[1]?.trim();
  return url?.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/iu, "$1");
}

function isRevision(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}

function readStart(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const size = Math.min(maxReadBytes, statSync(path).size);
      const buffer = Buffer.alloc(size);
      return buffer.toString("utf8", 0, readSync(file, buffer));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}
