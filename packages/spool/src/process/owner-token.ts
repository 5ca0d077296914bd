import type { ProcessMark } from "./identity.ts";

/*
 * A process as part of a file name: host~boot~name space~pid~start. It stands in names because a rename is what claims a file,
 * and whether the claimant still lives has to be read from the same place.
 */

/** The token of a process. */
export function ownerToken(mark: ProcessMark): string {
  const { hostName, bootId = "", pidNamespace = "", pid, startTicks = "" } = mark;
  return [hostToken(hostName), bootId, pidNamespace, pid, startTicks].join("~");
}

/** The process of a token; undefined where it is none. */
export function parseOwnerToken(token: string): ProcessMark | undefined {
  const [hostName, boot, space, pid, start, ...rest] = token.split("~");
  if (!hostName || boot === undefined || space === undefined || start === undefined || rest.length > 0)
    return undefined;
  if (!/^\d+$/.test(pid ?? "")) return undefined;
  return {
    hostName,
    pid: Number(pid),
    ...(boot === "" ? {} : { bootId: boot }),
    ...(space === "" ? {} : { pidNamespace: space }),
    ...(start === "" ? {} : { startTicks: start }),
  };
}

/** A host's name as it stands in a token: file names have 255 bytes, host names may have 253. */
export function hostToken(hostName: string): string {
  return hostName.replaceAll(/[^A-Za-z0-9.-]/g, "_").slice(0, 100) || "_";
}
