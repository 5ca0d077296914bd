import { ownMark } from "./identity.ts";
import type { ProcessMark } from "./identity.ts";
import { hostToken } from "./owner-token.ts";
import { sightProcess } from "./system.ts";

/** Whether a process lives, as far as it can be told from here. */
export type Judgement =
  | { readonly state: "alive" }
  | { readonly state: "gone"; readonly evidence: string }
  | { readonly state: "unknown" };

const alive: Judgement = { state: "alive" };
const unknown: Judgement = { state: "unknown" };

/**
 * Judges a process. On this host: gone when the host was booted since, when nobody has its id, or when its id belongs to a process with another
 * start. On another host, or among the ids of another container, nothing can be told.
 */
export function judgeProcess(mark: ProcessMark, here: ProcessMark = ownMark()): Judgement {
  if (hostToken(mark.hostName) !== hostToken(here.hostName)) return unknown;
  if (mark.bootId !== here.bootId)
    return { state: "gone", evidence: `host ${mark.hostName} was restarted since process ${mark.pid} wrote` };
  if (mark.pidNamespace !== here.pidNamespace) return unknown;
  const sighting = sightProcess(mark.pid);
  if (sighting.kind === "absent")
    return { state: "gone", evidence: `process ${mark.pid} is gone from host ${mark.hostName}` };
  const isOther =
    mark.startTicks !== undefined && sighting.startTicks !== undefined && sighting.startTicks !== mark.startTicks;
  return isOther
    ? { state: "gone", evidence: `process id ${mark.pid} on host ${mark.hostName} belongs to another process now` }
    : alive;
}

/** Whether two marks are of one process. */
export function isSameProcess(one: ProcessMark, other: ProcessMark): boolean {
  return (
    one.pid === other.pid &&
    one.startTicks === other.startTicks &&
    one.bootId === other.bootId &&
    one.pidNamespace === other.pidNamespace &&
    hostToken(one.hostName) === hostToken(other.hostName)
  );
}
