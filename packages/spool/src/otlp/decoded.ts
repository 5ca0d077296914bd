/** Attributes by name. Integers beyond 2^53 are bigints, bytes are `Uint8Array`, arrays and maps nest. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The instrumentation scope a record came from. */
export interface DecodedScope {
  readonly name: string;
  readonly version?: string;
  readonly attributes?: Attributes;
  readonly schemaUrl?: string;
}

/** One span. Ids are lower-case hexadecimal, times nanoseconds since the epoch. */
export interface DecodedSpan {
  readonly scope: DecodedScope;
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState?: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** OTLP `SpanKind`: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly events: readonly DecodedSpanEvent[];
  readonly droppedEventsCount: number;
  readonly links: readonly DecodedSpanLink[];
  readonly droppedLinksCount: number;
  readonly status: DecodedStatus;
  /** W3C trace flags in the low byte. */
  readonly flags: number;
}

/** How a span ended: OTLP `StatusCode` 0 unset, 1 ok, 2 error. */
export interface DecodedStatus {
  readonly code: number;
  readonly message?: string;
}

/** One event of a span. */
export interface DecodedSpanEvent {
  readonly timeUnixNano: bigint;
  readonly name: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

/** One link of a span. */
export interface DecodedSpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState?: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
}

/** One log record. */
export interface DecodedLogRecord {
  readonly scope: DecodedScope;
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  /** 1 to 24; 0 where the record has none. */
  readonly severityNumber: number;
  readonly severityText?: string;
  readonly body?: unknown;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly eventName?: string;
}

/** How the points of a metric relate to those before. */
export type DecodedTemporality = "cumulative" | "delta" | "unspecified";

interface MetricBase {
  readonly scope: DecodedScope;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
}

/** One metric with its points. */
export type DecodedMetric =
  | (MetricBase & { readonly type: "gauge"; readonly points: readonly DecodedNumberPoint[] })
  | (MetricBase & {
      readonly type: "sum";
      readonly temporality: DecodedTemporality;
      readonly monotonic: boolean;
      readonly points: readonly DecodedNumberPoint[];
    })
  | (MetricBase & {
      readonly type: "histogram";
      readonly temporality: DecodedTemporality;
      readonly points: readonly DecodedHistogramPoint[];
    })
  | (MetricBase & {
      readonly type: "exponentialHistogram";
      readonly temporality: DecodedTemporality;
      readonly points: readonly DecodedExponentialHistogramPoint[];
    })
  | (MetricBase & { readonly type: "summary"; readonly points: readonly DecodedSummaryPoint[] });

interface PointBase {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly flags: number;
}

/** One point of a gauge or a sum. */
export interface DecodedNumberPoint extends PointBase {
  readonly value: bigint | number;
}

/** One point of a histogram with explicit bounds; one count more than bounds. */
export interface DecodedHistogramPoint extends PointBase {
  readonly count: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bucketCounts: readonly number[];
  readonly explicitBounds: readonly number[];
}

/** Buckets of an exponential histogram; the first is number `offset`. */
export interface DecodedExponentialBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

/** One point of an exponential histogram. */
export interface DecodedExponentialHistogramPoint extends PointBase {
  readonly count: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: DecodedExponentialBuckets;
  readonly negative: DecodedExponentialBuckets;
}

/** One point of a summary. */
export interface DecodedSummaryPoint extends PointBase {
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}
