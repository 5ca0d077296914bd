import { lifeFile, moveLife, readLife, recoveringFile } from "../directory/life.ts";
import type { Life, OpenLife, SettledLife } from "../directory/life.ts";
import { readIdentity } from "../directory/listing.ts";
import { ownMark } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { judgeProcess } from "../process/liveness.ts";
import { ownerToken, parseOwnerToken } from "../process/owner-token.ts";
import { findOpenOperations } from "./find-open.ts";
import type { OpenOperations } from "./find-open.ts";
import { describeRuns } from "./recovered-run.ts";
import type { RecoveredRun } from "./recovered-run.ts";
import { writeLosses } from "./write-losses.ts";

/** A life that may still need recovery. */
type UnsettledLife = Exclude<Life, { readonly state: SettledLife }>;

/** Why a spool may be recovered, and from which life. */
interface Ground {
  readonly from: OpenLife;
  readonly evidence: string;
}

/**
 * Recovers one spool, if its process is over and nobody else does it: claims it, closes what is open, and moves its life on.
 * Never throws; where the system refuses, the spool is left to the next reader.
 */
export function recoverDirectory(directory: string): readonly RecoveredRun[] {
  try {
    const life = readLife(directory);
    if (life === undefined || life.state === "closed" || life.state === "lost") return [];
    const identity = readIdentity(directory);
    if (identity === undefined) return [];
    const ground = groundFor(life, identity);
    if (ground === undefined) return [];
    const claim = recoveringFile(ground.from, ownerToken(ownMark()));
    return moveLife(directory, life.file, claim) ? recoverClaimed(directory, identity, ground, claim) : [];
  } catch {
    return [];
  }
}

function groundFor(life: UnsettledLife, identity: ProcessIdentity): Ground | undefined {
  if (life.state === "recovering" && !isGone(life.claimant)) return undefined;
  const from = life.state === "recovering" ? life.from : life.state;
  if (from === "ended") return { from, evidence: `process ${identity.pid} exited while it was open` };
  const judgement = judgeProcess(identity);
  return judgement.state === "gone" ? { from, evidence: judgement.evidence } : undefined;
}

function isGone(claimant: string): boolean {
  const mark = parseOwnerToken(claimant);
  return mark !== undefined && judgeProcess(mark).state === "gone";
}

function recoverClaimed(
  directory: string,
  identity: ProcessIdentity,
  ground: Ground,
  claim: string,
): readonly RecoveredRun[] {
  try {
    const found = findOpenOperations(directory);
    const loss = { evidence: ground.evidence, lastSeen: lastSeenOf(found) };
    if (found.operations.length > 0) writeLosses(directory, found.operations, loss);
    moveLife(directory, claim, lifeFile(ground.from === "running" ? "lost" : "closed"));
    return describeRuns({ directory, serviceName: identity.serviceName }, found.operations, loss);
  } catch (error) {
    moveLife(directory, claim, lifeFile(ground.from));
    throw error;
  }
}

function lastSeenOf({ lastSeen, operations }: OpenOperations): bigint {
  return lastSeen > 0n ? lastSeen : (operations[0]?.started.timeUnixNano ?? 0n);
}
