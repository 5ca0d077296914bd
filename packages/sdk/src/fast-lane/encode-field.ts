import type { SpanContext } from "@opentelemetry/api";
import type { ItemWriter } from "@runlight/spool";
import { TraceId, wordOf } from "../identity.ts";

/* Hot path: the fields that each span and record has. There must be room for them: see {@link ItemWriter.reserve}. */

/** Bytes of a trace id and a span id with their tags. */
export const idsBytes = 28;
/** Bytes of a time with its tag. */
export const timeBytes = 9;
/** Bytes of the trace flags of a log record with their tag. */
export const flagsBytes = 5;

/** The second that was written last, in Unix milliseconds, and as nanoseconds in two halves. */
let secondMs = Number.NaN;
let secondLow = 0;
let secondHigh = 0;

/** Unix time in milliseconds, with fraction, as nanoseconds. Most times fall into the second of the one before. */
export function putTime(writer: ItemWriter, tag: number, timeMs: number): void {
  let restMs = timeMs - secondMs;
  if (!(restMs >= 0 && restMs < 1000)) {
    if (!(timeMs >= 0)) return writer.nanoseconds(tag, Math.trunc(timeMs / 1000), Math.round((timeMs % 1000) * 1e6));
    setSecond(Math.floor(timeMs / 1000));
    restMs = timeMs - secondMs;
  }
  const low = secondLow + Math.round(restMs * 1e6);
  const { position, view } = writer;
  writer.bytes[position] = tag;
  view.setUint32(position + 1, low, true);
  view.setUint32(position + 5, low >= 4_294_967_296 ? secondHigh + 1 : secondHigh, true);
  writer.position = position + timeBytes;
}

function setSecond(second: number): void {
  secondMs = second * 1000;
  // second * 1e9 does not fit into a double, its two halves do.
  const low = (second % 65_536) * 1e9;
  const high = Math.floor(second / 65_536) * 1e9;
  const sum = low + (high % 65_536) * 65_536;
  secondLow = sum % 4_294_967_296;
  secondHigh = Math.floor(sum / 4_294_967_296) + Math.floor(high / 65_536);
}

/** A trace id and a span id, each with its tag. */
export function putIds(
  writer: ItemWriter,
  tags: readonly [number, number],
  traceId: TraceId,
  span: { readonly idHigh: number; readonly idLow: number },
): void {
  const { bytes, view, position } = writer;
  bytes[position] = tags[0];
  bytes[position + 1] = 16;
  view.setInt32(position + 2, traceId.word0);
  view.setInt32(position + 6, traceId.word1);
  view.setInt32(position + 10, traceId.word2);
  view.setInt32(position + 14, traceId.word3);
  writer.position = position + 18;
  putSpanId(writer, tags[1], span.idHigh, span.idLow);
}

/** A span id with its tag. */
export function putSpanId(writer: ItemWriter, tag: number, idHigh: number, idLow: number): void {
  const { view, position } = writer;
  writer.bytes[position] = tag;
  writer.bytes[position + 1] = 8;
  view.setInt32(position + 2, idHigh);
  view.setInt32(position + 6, idLow);
  writer.position = position + 10;
}

/** The ids of somebody else's span. */
export function writeIds(writer: ItemWriter, tags: readonly [number, number], context: SpanContext): void {
  writer.reserve(idsBytes);
  putIds(writer, tags, new TraceId(context.traceId), spanIdOf(context));
}

/** The id of somebody else's span as numbers. */
export function spanIdOf({ spanId }: SpanContext): { readonly idHigh: number; readonly idLow: number } {
  return { idHigh: wordOf(spanId, 0), idLow: wordOf(spanId, 8) };
}
