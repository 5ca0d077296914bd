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

/** Where to look for the records of a run. */
export interface RunRecordsSettings {
  readonly scope: RunScope;
  readonly spools: readonly SpoolListing[];
  readonly notices: NoticeList;
  /** Only records with this event name. Default: all. */
  readonly eventName?: string;
}

/** The log records of one run: each process's in the order it wrote them, processes merged by time. */
export function runRecords(settings: RunRecordsSettings): Generator<PlacedRecord> {
  const spools = settings.spools.filter((spool) => settings.scope.admits(spool));
  return mergeByTime(spools.map((spool) => recordsOf(spool, settings)));
}

function* recordsOf(
  spool: SpoolListing,
  { scope, notices, eventName }: RunRecordsSettings,
): Generator<Timed<PlacedRecord>> {
  const concerns = (bytes: Buffer): boolean =>
    scope.mayHold(bytes) && (eventName === undefined || bytes.includes(eventName));
  for (const record of readLogRecords({ spool, notices, concerns })) {
    if (eventName !== undefined && record.eventName !== eventName) continue;
    if (scope.owns(record)) yield { at: recordTime(record), item: { record, spool } };
  }
}
