import { decodeLogs, decodeTraces, listSpools, readFrames } from "@runlight/spool";
import type { DecodedLogRecord, DecodedSpan } from "@runlight/spool";
import { carriedNames, markName } from "./perform.ts";
import type { Carried } from "./perform.ts";

/** A span or record that does not carry what it must. */
export interface Fault {
  readonly what: string;
  readonly must: Carried | "be known";
  readonly carries: Carried;
}

/** What was looked at so far. */
export interface Looked {
  readonly spans: number;
  readonly records: number;
  /** Of both: inside a run. */
  readonly inRuns: number;
}

/** Looks at everything that is written to a spool, each item once. */
export interface Inspection {
  readonly looked: Looked;
  /** Spans and records since the last look that carry too much or too little; `unmarked` knows what those carry that say nothing. */
  faults(unmarked: ReadonlyMap<string, Carried>): readonly Fault[];
}

/** Begins with the only spool below a directory of spools. */
export function inspectSpool(directory: string): Inspection {
  const bySpan = new Map<string, Carried>();
  const looked = { spans: 0, records: 0, inRuns: 0 };
  let seen = 0;

  function judge(what: string, must: Carried | undefined, item: DecodedLogRecord | DecodedSpan): readonly Fault[] {
    const carries = carriedBy(item);
    if (must === undefined) return [{ what, must: "be known", carries }];
    if ("workflow.execution.id" in must) looked.inRuns += 1;
    return sameText(must) === sameText(carries) ? [] : [{ what, must, carries }];
  }

  return {
    looked,
    faults(unmarked) {
      const [spool] = listSpools(directory);
      if (spool === undefined) throw new Error(`Cannot inspect ${directory}: there is no spool`);
      const frames = [...readFrames(spool, { onDamage: (damage) => refuse(damage) })].slice(seen);
      seen += frames.length;
      const spans = frames.flatMap((frame) => (frame.signal === "traces" ? decodeTraces(frame.bytes) : []));
      const records = frames.flatMap((frame) => (frame.signal === "logs" ? decodeLogs(frame.bytes) : []));
      for (const span of spans) {
        const must = markOf(span) ?? unmarked.get(span.spanId);
        if (must !== undefined) bySpan.set(span.spanId, must);
      }
      looked.spans += spans.length;
      looked.records += records.length;
      return [
        ...spans.flatMap((span) => judge(`span ${span.name}`, bySpan.get(span.spanId), span)),
        ...records.flatMap((record) => {
          const { eventName, spanId = "" } = record;
          // What telemetry says of itself belongs to no run.
          if (eventName?.startsWith("telemetry.") === true) return [];
          const marked = markOf(record);
          const around = bySpan.get(spanId);
          // It is told by the span that queues, and not inside the pipeline.
          const must = marked ?? (eventName === "pipeline.queued" ? withoutPipeline(around, record) : around);
          return judge(`record ${eventName ?? String(record.body)}`, must, record);
        }),
      ];
    },
  };
}

function markOf({ attributes }: DecodedLogRecord | DecodedSpan): Carried | undefined {
  const mark = attributes[markName];
  return typeof mark === "string" ? (JSON.parse(mark) as Carried) : undefined;
}

function carriedBy({ attributes }: DecodedLogRecord | DecodedSpan): Carried {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (carriedNames.includes(name) ? [[name, String(value)]] : [])),
  );
}

/** Whether a pipeline is around the place it is queued at is not known by the producer's span. */
function withoutPipeline(carried: Carried | undefined, record: DecodedLogRecord): Carried | undefined {
  if (carried === undefined) return undefined;
  const { "runlight.pipeline.name": _own, ...rest } = carried;
  const around = carriedBy(record)["runlight.pipeline.name"];
  return around === undefined ? rest : { ...rest, "runlight.pipeline.name": around };
}

function sameText(carried: Carried): string {
  return JSON.stringify(Object.entries(carried).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function refuse(damage: unknown): never {
  throw new Error(`Cannot read a spool whole: ${JSON.stringify(damage)}`);
}
