import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { gitResource } from "../src/resource/git-resource.ts";
import { lookAtWorkingTree } from "../src/resource/working-tree.ts";

// Neither what this machine's user has configured, nor the repository whose hook runs the tests.
beforeAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) vi.stubEnv(name, undefined);
  vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  return () => void vi.unstubAllEnvs();
});

/** Longer than any look takes, on a busy machine too. */
const patienceMs = 60_000;

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", stdio: "pipe" }).trim();
}

function createRepository(cwd: string): string {
  git(cwd, "init", "--quiet");
  writeFileSync(join(cwd, "job.ts"), "1\n");
  git(cwd, "add", "job.ts");
  git(cwd, "commit", "--quiet", "--message", "First");
  return git(cwd, "rev-parse", "HEAD");
}

describe("gitResource()", () => {
  test("gitResource() tells branch, commit and origin, from a directory inside", () => {
    using directory = temporaryDirectory();
    const revision = createRepository(directory.path);
    git(directory.path, "remote", "add", "origin", "https://someone:hunter2@example.org/flights.git");
    git(directory.path, "checkout", "--quiet", "-b", "feature/fit");
    const inside = join(directory.path, "src", "deep");
    mkdirSync(inside, { recursive: true });
    expect(gitResource(inside)).toEqual({
      "vcs.ref.head.name": "feature/fit",
      "vcs.ref.head.revision": revision,
      "vcs.repository.url.full": "https://example.org/flights.git",
    });
  });

  test("gitResource() finds packed references and those of a further working tree", () => {
    using directory = temporaryDirectory();
    const revision = createRepository(directory.path);
    git(directory.path, "pack-refs", "--all");
    expect(gitResource(directory.path)).toEqual({ "vcs.ref.head.name": "main", "vcs.ref.head.revision": revision });
    const further = join(directory.path, "further");
    git(directory.path, "worktree", "add", "--quiet", "-b", "other", further);
    expect(gitResource(further)).toEqual({ "vcs.ref.head.name": "other", "vcs.ref.head.revision": revision });
  });

  test("gitResource() tells a commit that no branch names, and a branch that has no commit", () => {
    using directory = temporaryDirectory();
    git(directory.path, "init", "--quiet");
    expect(gitResource(directory.path)).toEqual({ "vcs.ref.head.name": "main" });
    const revision = createRepository(directory.path);
    git(directory.path, "checkout", "--quiet", "--detach");
    expect(gitResource(directory.path)).toEqual({ "vcs.ref.head.revision": revision });
  });

  test("gitResource() tells nothing outside a repository", () => {
    using directory = temporaryDirectory();
    expect(gitResource(directory.path)).toEqual({});
    writeFileSync(join(directory.path, ".git"), "gitdir: nowhere\n");
    expect(gitResource(directory.path)).toEqual({});
  });
});

describe("lookAtWorkingTree()", () => {
  test("lookAtWorkingTree() tells whether files differ from the commit", async () => {
    using directory = temporaryDirectory();
    createRepository(directory.path);
    writeFileSync(join(directory.path, "untracked"), "");
    expect(await lookAtWorkingTree(directory.path, patienceMs).isDirty).toBe(false);
    writeFileSync(join(directory.path, "job.ts"), "2\n");
    expect(await lookAtWorkingTree(directory.path, patienceMs).isDirty).toBe(true);
  });

  test("lookAtWorkingTree() tells nothing outside a repository, without Git or in time", async () => {
    using directory = temporaryDirectory();
    expect(await lookAtWorkingTree(directory.path).isDirty).toBeUndefined();
    expect(await lookAtWorkingTree(join(directory.path, "nowhere")).isDirty).toBeUndefined();
    createRepository(directory.path);
    const look = lookAtWorkingTree(directory.path);
    // Blocks until Git is done, as a busy machine does: what was stopped tells nothing all the same.
    git(directory.path, "status");
    look.stop();
    expect(await look.isDirty).toBeUndefined();
  });
});
