import type { DecodedLogRecord, SpoolListing } from "@runlight/spool";
import { readLogRecords } from "../read/decode-frames.ts";
import { mergeByTime } from "../read/merge-by-time.ts";
import type { Timed } from "../read/merge-by-time.ts";
import type { NoticeList } from "../read/notices.ts";
import { recordTime } from "../record/log-entry.ts";
import type { RunScope } from "./run-scope.ts";

/** A log record and the spool it stands in. */
export interface PlacedRecord {
  readonly record: DecodedLogRecord;
  readonly spool: SpoolListing;
}

/** The log records of one run: each process's in the order it wrote them, processes merged by time. */
export function runRecords(
  scope: RunScope,
  spools: readonly SpoolListing[],
  notices: NoticeList,
): Generator<PlacedRecord> {
  return mergeByTime(spools.filter((spool) => scope.admits(spool)).map((spool) => recordsOf(spool, scope, notices)));
}

function* recordsOf(spool: SpoolListing, scope: RunScope, notices: NoticeList): Generator<Timed<PlacedRecord>> {
  for (const record of readLogRecords({ spool, notices, mentions: scope.mentions })) {
    if (scope.owns(record)) yield { at: recordTime(record), item: { record, spool } };
  }
}
