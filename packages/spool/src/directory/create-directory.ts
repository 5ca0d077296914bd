import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessIdentity } from "../process/identity.ts";
import { ownerToken } from "../process/owner-token.ts";
import { startPositions, writeCursor } from "../ship/cursor.ts";
import { lifeFile } from "./life.ts";

/** Name of the file that says who writes a spool. */
export const identityFile = "process.json";

/** A name for a new spool that sorts by its process's start: `20261122_142501-4711-7f3a9c`. */
export function directoryName(identity: ProcessIdentity): string {
  const [date = "", time = ""] = identity.startedAt.replaceAll(/[-:]/g, "").split("T");
  return `${date}_${time.slice(0, 6)}-${identity.pid}-${randomBytes(3).toString("hex")}`;
}

/** Makes the directory of a spool, which appears under its name only when everything is in it. Throws what the system throws. */
export function createDirectory(root: string, name: string, identity: ProcessIdentity): string {
  mkdirSync(root, { recursive: true });
  const directory = join(root, name);
  const temporary = join(root, `.${name}`);
  try {
    mkdirSync(temporary, { recursive: true });
    writeFileSync(join(temporary, identityFile), `${JSON.stringify(identity, undefined, 2)}\n`);
    writeFileSync(join(temporary, lifeFile("running")), "");
    writeCursor(temporary, ownerToken(identity), startPositions);
    renameSync(temporary, directory);
  } catch (error) {
    discard(temporary);
    throw error;
  }
  return directory;
}

function discard(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    // Why the directory could not be made is what the caller has to know; retention removes the rest.
  }
}
