import { events } from "@runlight/conventions";
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_RUNLIGHT_SUBJECT_ID,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
  EVENT_STAGE_COMPLETED,
  EVENT_STAGE_FAILED,
  EVENT_STAGE_STARTED,
} from "@runlight/conventions/names";
import { formatTime } from "@runlight/core";
import type { LogEntry, LogLevel } from "@runlight/store";
import { toJsonLine } from "./json-output.ts";
import { printable, printableLine } from "./printable.ts";
import type { CellStyle } from "./style.ts";
import { styleCell } from "./style.ts";

const levelStyles: Readonly<Record<LogLevel, CellStyle | undefined>> = {
  trace: "quiet",
  debug: "quiet",
  info: undefined,
  warn: "warning",
  error: "bad",
  fatal: "bad",
};

// What the line says already, or what all lines of a run share.
const omitted: ReadonlySet<string> = new Set([
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_STAGE_NAME,
  ATTR_RUNLIGHT_SUBJECT_ID,
  ATTR_WORKFLOW_DEFINITION_NAME,
  ATTR_WORKFLOW_EXECUTION_ID,
]);

const ownEvents: ReadonlySet<string> = new Set(events.map((entry) => entry.name));

/** One record as people read it: `<time> <LEVEL> [stage] <what it says> key=value`, with its stack below where it has one. */
export function renderLogEntry(entry: LogEntry, colour: boolean): string {
  const paint = (text: string, style: CellStyle | undefined): string =>
    colour && style !== undefined ? styleCell(text, style) : text;
  const style = entry.level === undefined ? undefined : levelStyles[entry.level];
  const place = placeOf(entry);
  const attributes = attributesOf(entry);
  const line = [
    paint(formatTime(Number(BigInt(entry.timeUnixNano) / 1_000_000n), "milliseconds"), "quiet"),
    paint((entry.level ?? "-").toUpperCase().padEnd(5), style),
    paint(place === "" ? "" : `[${place}] `, "active") + paint(messageOf(entry), style),
    ...(attributes === "" ? [] : [paint(attributes, "quiet")]),
  ].join(" ");
  return `${line}\n${stackOf(entry)
    .map((text) => `${paint(`    ${text}`, "quiet")}\n`)
    .join("")}`;
}

// The stage, unless the record tells of the stage itself, and what it works on.
function placeOf({ stage, eventName, attributes }: LogEntry): string {
  const isOwn =
    eventName === EVENT_STAGE_STARTED || eventName === EVENT_STAGE_COMPLETED || eventName === EVENT_STAGE_FAILED;
  const parts = [isOwn ? undefined : stage, attributes[ATTR_RUNLIGHT_SUBJECT_ID]];
  return printableLine(parts.filter((part) => typeof part === "string").join(" "));
}

function messageOf({ body, eventName, attributes }: LogEntry): string {
  const type = attributes[ATTR_EXCEPTION_TYPE];
  const message = attributes[ATTR_EXCEPTION_MESSAGE];
  const said = typeof body === "string" ? printable(body).replaceAll("\n", "\n    ") : undefined;
  if (typeof message === "string" && said?.includes(printable(message)) !== true)
    return [said ?? eventName, printableLine(`${typeof type === "string" ? `${type}: ` : ""}${message}`)]
      .filter(Boolean)
      .join(": ");
  if (said !== undefined) return said;
  // The body of an own event is data for programs; `--json` shows it.
  if (eventName !== undefined) return printableLine(eventName);
  return body === undefined ? "" : printableLine(toJsonLine(body));
}

function attributesOf({ attributes, body, eventName }: LogEntry): string {
  if (eventName !== undefined && ownEvents.has(eventName) && typeof body === "string") return "";
  return Object.entries(attributes)
    .filter(([name]) => !omitted.has(name))
    .map(
      ([name, value]) =>
        `${printableLine(name)}=${printableLine(typeof value === "string" ? value : toJsonLine(value))}`,
    )
    .join(" ");
}

function stackOf({ attributes }: LogEntry): readonly string[] {
  const stack = attributes[ATTR_EXCEPTION_STACKTRACE];
  return typeof stack === "string" ? printable(stack).trimEnd().split("\n") : [];
}
