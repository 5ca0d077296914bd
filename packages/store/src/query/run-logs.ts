import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_TYPE, ATTR_RUNLIGHT_STAGE_NAME } from "@runlight/conventions/names";
import type { DecodedLogRecord } from "@runlight/spool";
import { severityOf } from "../record/severity.ts";
import type { LogQuery } from "./run-query.ts";
import type { PlacedRecord } from "./run-records.ts";

/** Most records that {@link LogQuery.tail} may ask for. */
export const maxTail = 100_000;

/** The records that the query asks for, in their order. Holds at most `tail` of them in memory. */
export function* selectRecords(records: Iterable<PlacedRecord>, query: LogQuery): Generator<PlacedRecord> {
  if (query.tail === undefined) {
    for (const placed of records) if (matches(placed.record, query)) yield placed;
    return;
  }
  yield* lastOf(records, query, Math.min(query.tail, maxTail));
}

function* lastOf(records: Iterable<PlacedRecord>, query: LogQuery, size: number): Generator<PlacedRecord> {
  const ring: PlacedRecord[] = [];
  let next = 0;
  for (const placed of records) {
    if (!matches(placed.record, query)) continue;
    ring[next % size] = placed;
    next += 1;
  }
  const oldest = next > size ? next % size : 0;
  yield* ring.slice(oldest);
  yield* ring.slice(0, oldest);
}

function matches(record: DecodedLogRecord, { stage, level, search }: LogQuery): boolean {
  if (stage !== undefined && record.attributes[ATTR_RUNLIGHT_STAGE_NAME] !== stage) return false;
  if (level !== undefined && (record.severityNumber || severityOf("info")) < severityOf(level)) return false;
  return search === undefined || searchText(record).includes(search.toLowerCase());
}

function searchText({ body, eventName, attributes }: DecodedLogRecord): string {
  const parts = [
    eventName,
    typeof body === "string" ? body : JSON.stringify(body, digits),
    attributes[ATTR_EXCEPTION_TYPE],
    attributes[ATTR_EXCEPTION_MESSAGE],
  ];
  return parts
    .filter((part) => typeof part === "string")
    .join("\n")
    .toLowerCase();
}

function digits(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
