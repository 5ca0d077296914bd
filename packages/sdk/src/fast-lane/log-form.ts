import { severityNumbers } from "@runlight/core";
import type { EventRecord } from "@runlight/core";
import { WireWriter } from "@runlight/spool";
import { urgencyOfEvent } from "../pipeline/urgency.ts";
import type { Urgency } from "../pipeline/urgency.ts";
import { flagsBytes, idsBytes, timeBytes } from "./encode-field.ts";

type Severity = EventRecord["severity"];

/** Events whose forms are remembered at a time, of each severity; when there are more, all are forgotten. */
export const maxKnownEvents = 512;

/** What records have in common besides values, ids and times: event, severity, and how much their span takes. */
export interface LogForm {
  /** Number and text of the severity. */
  readonly severityFields: Uint8Array;
  /** The event's name. */
  readonly nameField: Uint8Array;
  readonly urgency: Urgency;
  /** Bytes of the span's flags and ids and of the time of observation. */
  readonly observedBytes: number;
}

/** Finds the form of a record that is emitted in `span`. Hot path: budget 15 ns where it was asked for before. */
export type LogFormOf = (
  record: Pick<EventRecord, "eventName" | "severity">,
  span: { readonly traceFlags: number } | undefined,
) => LogForm;

/** Remembers forms. */
export function createLogForms(): LogFormOf {
  const known = {
    DEBUG: formsOf("DEBUG"),
    INFO: formsOf("INFO"),
    WARN: formsOf("WARN"),
    ERROR: formsOf("ERROR"),
    FATAL: formsOf("FATAL"),
  };
  return ({ eventName, severity }, span) => {
    const forms = known[severity];
    if (span === undefined) return forms.outside(eventName);
    return span.traceFlags === 0 ? forms.unsampled(eventName) : forms.sampled(eventName);
  };
}

function formsOf(severity: Severity) {
  return {
    outside: remembered(severity, 0),
    unsampled: remembered(severity, idsBytes),
    sampled: remembered(severity, flagsBytes + idsBytes),
  };
}

function remembered(severity: Severity, spanBytes: number): (eventName: string) => LogForm {
  const severityFields = encodeSeverity(severity);
  const forms = new Map<string, LogForm>();
  return (eventName) => {
    const found = forms.get(eventName);
    if (found !== undefined) return found;
    if (forms.size >= maxKnownEvents) forms.clear();
    const urgency = urgencyOfEvent(eventName);
    const form = { severityFields, nameField: encodeName(eventName), urgency, observedBytes: spanBytes + timeBytes };
    forms.set(eventName, form);
    return form;
  };
}

function encodeSeverity(severity: Severity): Uint8Array {
  const writer = new WireWriter();
  writer.uint(2, severityNumbers[severity]);
  writer.string(3, severity);
  return Uint8Array.from(writer.finish());
}

function encodeName(eventName: string): Uint8Array {
  const writer = new WireWriter();
  writer.string(12, eventName);
  return Uint8Array.from(writer.finish());
}
