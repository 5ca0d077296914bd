import type { SpanContext } from "@opentelemetry/api";
import { WireWriter } from "@runlight/spool";
import type { ItemWriter } from "@runlight/spool";
import { TraceId } from "../identity.ts";
import { idsBytes, putIds, putTime, spanIdOf, timeBytes } from "./encode-field.ts";
import { FastSpan } from "./fast-span.ts";
import type { Surrounding } from "./stencil.ts";

/** Events whose tails are remembered at a time. */
export const maxKnownEvents = 512;

const flagsBytes = 5;
const idTags = [0x4a, 0x52] as const;
const noPrefix = new Uint8Array();

/**
 * Finds what surrounds the attributes of a record of an event, emitted in `span`: the fields behind them when none was dropped. Flags, ids and
 * time are set with {@link putTail}.
 */
export type LogTailOf = (eventName: string, span: FastSpan | SpanContext | undefined) => Surrounding;

/** Remembers the tails of events by their names. */
export function createLogTails(): LogTailOf {
  const outside = new Map<string, Surrounding>();
  const unsampled = new Map<string, Surrounding>();
  const sampled = new Map<string, Surrounding>();
  return (eventName, span) => {
    const tails = span === undefined ? outside : span.traceFlags === 0 ? unsampled : sampled;
    let tail = tails.get(eventName);
    if (tail === undefined) {
      if (tails.size >= maxKnownEvents) tails.clear();
      tails.set(eventName, (tail = makeTail(eventName, span)));
    }
    return tail;
  };
}

function makeTail(eventName: string, span: FastSpan | SpanContext | undefined): Surrounding {
  const name = new WireWriter();
  name.string(12, eventName);
  const nameField = name.finish();
  const spanBytes = span === undefined ? 0 : idsBytes + (span.traceFlags === 0 ? 0 : flagsBytes);
  const suffix = new Uint8Array(2 + spanBytes + timeBytes + nameField.length);
  suffix[0] = 0x38;
  suffix.set(nameField, suffix.length - nameField.length);
  return { prefix: noPrefix, suffix };
}

/** Sets flags, ids and time of observation in a tail just written. */
export function putTail(
  writer: ItemWriter,
  { suffix }: Surrounding,
  timeMs: number,
  span: FastSpan | SpanContext | undefined,
): void {
  const { position } = writer;
  writer.position = position - suffix.length + 2;
  if (span !== undefined) putSpan(writer, span);
  putTime(writer, 0x59, timeMs);
  writer.position = position;
}

function putSpan(writer: ItemWriter, span: FastSpan | SpanContext): void {
  if (span.traceFlags !== 0) writer.fixed32(0x45, span.traceFlags);
  if (span instanceof FastSpan) putIds(writer, idTags, span.traceId, span);
  else putIds(writer, idTags, new TraceId(span.traceId), spanIdOf(span));
}
