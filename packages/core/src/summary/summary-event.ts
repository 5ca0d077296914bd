import {
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_MEMORY_START,
} from "@runlight/conventions/names";

/** One log record of a run, live or read back. */
export interface SummaryEvent {
  /** Unix time in milliseconds. */
  readonly timeMs: number;
  readonly eventName?: string | undefined;
  /** Severity number of the log data model, 1 to 24; 0 when unset. */
  readonly severityNumber: number;
  readonly body?: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}

/** The attribute as text, when it is one. */
export function textAt(event: SummaryEvent, name: string): string | undefined {
  const value = event.attributes[name];
  return typeof value === "string" ? value : undefined;
}

/** The attribute as a number, when it is one. */
export function numberAt(event: SummaryEvent, name: string): number | undefined {
  const value = event.attributes[name];
  return typeof value === "bigint" ? Number(value) : typeof value === "number" ? value : undefined;
}

/** The highest resident memory the record tells of, in bytes. */
export function peakMemoryAt(event: SummaryEvent): number | undefined {
  return (
    numberAt(event, ATTR_RUNLIGHT_MEMORY_PEAK) ??
    numberAt(event, ATTR_RUNLIGHT_MEMORY_END) ??
    numberAt(event, ATTR_RUNLIGHT_MEMORY_START)
  );
}
