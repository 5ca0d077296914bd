import { ROOT_CONTEXT, context } from "@opentelemetry/api";
import type { Context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { MetricAttributes } from "@runlight/conventions/names";
import type { EventRecord, OperationEnd, OperationStart } from "../src/sink/operation-sink.ts";
import { setOperationSink } from "../src/sink/registered-sink.ts";

/** A sink that keeps everything it is told, in the order it is told. */
export interface RecordingSink extends Disposable {
  readonly started: OperationStart[];
  readonly parents: Context[];
  readonly ended: OperationEnd[];
  readonly closed: string[];
  readonly records: EventRecord[];
  readonly counts: { readonly metric: string; readonly value: number; readonly attributes: MetricAttributes }[];
}

/** Registers a recording sink until it is disposed of. */
export function createRecordingSink(): RecordingSink {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  let spans = 0;
  const sink: RecordingSink = {
    started: [],
    parents: [],
    ended: [],
    closed: [],
    records: [],
    counts: [],
    [Symbol.dispose]: () => setOperationSink(undefined),
  };
  setOperationSink({
    open(start, parent) {
      sink.started.push(start);
      sink.parents.push(parent);
      if (start.record !== undefined) sink.records.push(plain(start.record));
      spans += 1;
      const spanContext = { traceId: "1".repeat(32), spanId: spans.toString(16).padStart(16, "0"), traceFlags: 1 };
      return {
        context: parent ?? ROOT_CONTEXT,
        spanContext: () => spanContext,
        setAttributes() {},
        close(end) {
          sink.ended.push(end);
          if (end.record !== undefined) sink.records.push(plain(end.record));
          sink.closed.push(`${start.kind} ${start.name} ${end.outcome}`);
        },
      };
    },
    measure: () => {},
    span: (start, end) => void sink.closed.push(`${start.kind} ${start.name} ${end.outcome}`),
    emit: (record) => void sink.records.push(record),
    count: (metric, value, attributes) => void sink.counts.push({ metric, value, attributes }),
  });
  return sink;
}

/** The record as a plain object, to be compared and copied. */
function plain(record: EventRecord): EventRecord {
  return { ...record, attributes: record.attributes };
}
