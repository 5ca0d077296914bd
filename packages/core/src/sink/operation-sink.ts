import type { Attributes, Context, Link, SpanContext, SpanKind } from "@opentelemetry/api";
import type { EventName, MetricAttributes, MetricName, OperationKind, Outcome } from "@runlight/conventions/names";

/** The one seam through which operations become telemetry: a span, metrics and log records each. */
export interface OperationSink {
  /** Opens the span, counts the operation as active and writes its started record, where it has one. Never throws. */
  open(start: OperationStart, parent: Context): OpenOperation;
  /** Records the metrics of an operation that has no span of its own. Never throws. */
  measure(start: OperationStart, end: OperationEnd, context: Context): void;
  /** Writes the span of an operation that has already ended, without metrics or records. Never throws. */
  span(start: OperationStart, end: OperationEnd, parent: Context): void;
  /** Writes one log record within `context`. Never throws. */
  emit(record: EventRecord, context: Context): void;
  /** Adds `value` to a counter of the registry. Never throws. */
  count(metric: MetricName, value: number, attributes: MetricAttributes): void;
}

/** Attributes, and the two parts they come from where they come from parts. None of the objects is changed once it was given. */
export interface AttributeParts {
  /** All of them; `own` over `shared` where both tell the same. */
  readonly attributes: Attributes;
  /** Those that many items have in common: one object for all of these. */
  readonly shared?: Attributes | undefined;
  /** Those of this item alone; given together with `shared`. */
  readonly own?: Attributes | undefined;
}

/** What is known of an operation when it begins. */
export interface OperationStart extends AttributeParts {
  readonly kind: OperationKind;
  readonly name: string;
  /** The run around it; operations may also stand alone. */
  readonly run: RunIdentity | undefined;
  /** True for the operation that begins the run. */
  readonly isRoot: boolean;
  /** Unix time in milliseconds, with fraction. */
  readonly startTimeMs: number;
  readonly links: readonly Link[];
  /** Kind of the span; `undefined` is internal. */
  readonly spanKind: SpanKind | undefined;
  /** The started record; kernels have none. The parent's span id is added by the sink. */
  readonly record: EventRecord | undefined;
}

/** An operation that has begun and not ended. */
export interface OpenOperation {
  /** The parent's context with the operation's span in it. */
  readonly context: Context;
  /** Ids of the operation's span. */
  spanContext(): SpanContext;
  setAttributes(attributes: Attributes): void;
  /** Ends the span, records the metrics, writes the ended record. Called once. Never throws. */
  close(end: OperationEnd): void;
}

/** How an operation ended. */
export interface OperationEnd {
  readonly outcome: Outcome;
  /** Unix time in milliseconds, with fraction. */
  readonly endTimeMs: number;
  /** Not changed once they were given; the same object where they are the same for many. */
  readonly attributes: Attributes;
  /** Description of the span's status when the operation did not end well. */
  readonly statusMessage: string | undefined;
  /** The ended record; kernels have one only when they fail. */
  readonly record: EventRecord | undefined;
}

/** A run's identity: on every span and record inside it. */
export interface RunIdentity {
  /** `20261122_142501-7f3a9c1e` */
  readonly id: string;
  readonly workflowName: string;
}

/** One log record with an event name. */
export interface EventRecord extends AttributeParts {
  readonly eventName: EventName;
  readonly severity: "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /** Unix time in milliseconds, with fraction. */
  readonly timeMs: number;
  readonly body?: EventBody;
}

/** Body of an event: a sentence, or a map. */
export type EventBody = string | Readonly<Record<string, unknown>>;
