import { FrameFollower, listSpools } from "@runlight/spool";
import type { SpoolListing } from "@runlight/spool";
import type { PlacedRecord } from "../query/run-records.ts";
import type { RunScope } from "../query/run-scope.ts";
import { damageTeller, decodeLogFrames } from "../read/decode-frames.ts";
import { mergeByTime } from "../read/merge-by-time.ts";
import type { Timed } from "../read/merge-by-time.ts";
import type { NoticeList } from "../read/notices.ts";
import { recordTime } from "../record/log-entry.ts";

/** Least time between two looks for spools of processes that came later. */
export const lookEveryMs = 1000;

/** Where to look for the records of a run that is followed. */
export interface RunTailSettings {
  readonly scope: RunScope;
  readonly spoolRoot: string;
  readonly notices: NoticeList;
}

/** What processes at work append to a run: each byte of their spools is read once. */
export interface RunTail {
  /** The records that came since the last question: each process's in the order it wrote them, processes merged by time. */
  read(): readonly PlacedRecord[];
  /** The spools of the processes that may write to the run, as they stood at the last look. */
  spools(): readonly SpoolListing[];
}

interface Followed {
  readonly follower: FrameFollower;
  /** Its process wrote no more when it was last looked at. */
  finished: boolean;
}

/** Begins at the beginning of the run. */
export function createRunTail({ scope, spoolRoot, notices }: RunTailSettings): RunTail {
  const followed = new Map<string, Followed>();
  let admitted: readonly SpoolListing[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = (): void => {
    if (performance.now() - lookedAt < lookEveryMs) return;
    lookedAt = performance.now();
    admitted = listSpools(spoolRoot).filter((spool) => scope.admits(spool));
  };
  const recordsOf = function* (spool: SpoolListing): Generator<Timed<PlacedRecord>> {
    const known = followed.get(spool.directory) ?? begin(spool);
    if (known.finished) return;
    // What it wrote before it was found to have ended is read now, and there is no more.
    known.finished = spool.life === "ended" || spool.life === "lost";
    const settings = { spool, notices, concerns: scope.mayHold };
    for (const record of decodeLogFrames(known.follower.read(), settings)) {
      if (scope.owns(record)) yield { at: recordTime(record), item: { record, spool } };
    }
  };
  const begin = (spool: SpoolListing): Followed => {
    const { directory } = spool;
    const follower = new FrameFollower({ directory, signals: ["logs"], onDamage: damageTeller(spool, notices) });
    const begun = { follower, finished: false };
    followed.set(directory, begun);
    return begun;
  };
  return {
    read() {
      look();
      return [...mergeByTime(admitted.map(recordsOf))];
    },
    spools: () => admitted,
  };
}
