/** How settled a name is: `stable` names change only with a major version. */
export type Stability = "development" | "release_candidate" | "stable";

/** Where a name comes from: OpenTelemetry semantic conventions, their open workflow proposal, or ourselves. */
export type Source = "semconv 1.45" | "semconv PR #2387" | "runlight";

/** What kinds of value an attribute holds. */
export type AttributeType = "boolean" | "double" | "int" | "string" | "string[]";

/** One attribute: what it means and where it may stand. */
export interface AttributeEntry {
  readonly name: string;
  readonly type: AttributeType;
  readonly brief: string;
  readonly source: Source;
  readonly stability: Stability;
  /** The closed list of its values, where there is one. */
  readonly values?: readonly string[];
  /** Grows with the number of runs (an id, a message, a path): refused as a metric attribute. */
  readonly unbounded?: true;
}

/** One log record with an `eventName`. */
export interface EventEntry {
  readonly name: string;
  readonly brief: string;
  readonly severity: "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  readonly attributes: readonly string[];
  readonly source: Source;
  readonly stability: Stability;
}

/** One kind of span. */
export interface SpanEntry {
  /** The kind's word, which also begins the span's name: `stage load`. */
  readonly kind: string;
  readonly brief: string;
  readonly attributes: readonly string[];
  readonly source: Source;
  readonly stability: Stability;
}

/** One metric. */
export interface MetricEntry {
  readonly name: string;
  readonly instrument: "counter" | "updowncounter" | "histogram" | "gauge";
  /** UCUM unit. */
  readonly unit: string;
  readonly brief: string;
  readonly attributes: readonly string[];
  /** Upper bounds of a histogram's buckets, in `unit`. */
  readonly buckets?: readonly number[];
  readonly source: Source;
  readonly stability: Stability;
}

/** One resource attribute that Runlight sets itself. */
export interface ResourceEntry {
  readonly name: string;
  readonly brief: string;
  readonly source: Source;
  readonly stability: Stability;
}
