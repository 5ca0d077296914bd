import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";

/*
 * The life of a spool stands in the name of one file, because a rename is atomic and can be lost by all but one:
 *   life.running                       its process writes, or died without a word
 *   life.ended                         its process closed it; nobody has looked for open operations yet
 *   life.closed                        ended, and every operation in it has an end
 *   life.lost                          its process was gone, and every operation in it has an end
 *   life.recovering.<from>.<claimant>  a reader closes what is open; <from> is what the life was before
 */

/** A life that recovery may take up. */
export type OpenLife = "ended" | "running";

/** A life in which every operation has an end. */
export type SettledLife = "closed" | "lost";

/** What the life file of a spool says. */
export type Life =
  | { readonly state: "closed"; readonly file: string }
  | { readonly state: "ended"; readonly file: string }
  | { readonly state: "lost"; readonly file: string }
  | { readonly state: "running"; readonly file: string }
  | { readonly state: "recovering"; readonly file: string; readonly from: OpenLife; readonly claimant: string };

const prefix = "life.";
const recovering = /^life\.recovering\.(running|ended)\.(.+)$/;

/** Name of the life file of a spool in `state`. */
export function lifeFile(state: "closed" | "ended" | "lost" | "running"): string {
  return prefix + state;
}

/** Name of the life file while `claimant` recovers. */
export function recoveringFile(from: OpenLife, claimant: string): string {
  return `${prefix}recovering.${from}.${claimant}`;
}

/** Reads the life of a spool; undefined where it has no life file. */
export function readLife(directory: string): Life | undefined {
  // A listing that runs beside a rename may show neither name, so one look is not enough.
  for (let look = 0; look < 2; look += 1) {
    const file = readdirSync(directory).find((name) => name.startsWith(prefix));
    if (file === undefined) continue;
    const claim = recovering.exec(file);
    if (claim !== null)
      return { state: "recovering", file, from: claim[1] === "ended" ? "ended" : "running", claimant: claim[2] ?? "" };
    const state = file.slice(prefix.length);
    if (state === "closed" || state === "lost") return { state, file };
    if (state === "ended" || state === "running") return { state, file };
  }
  return undefined;
}

/** Moves a life on; false when another process was faster. */
export function moveLife(directory: string, from: string, to: string): boolean {
  try {
    renameSync(join(directory, from), join(directory, to));
    return true;
  } catch {
    return false;
  }
}
