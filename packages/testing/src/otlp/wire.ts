/** A 64-bit integer as it comes: a string from protobuf, either from JSON. */
export type WireInteger = number | string;

/** A value in the shape of OTLP/JSON, which protobuf is converted to; bytes are `Uint8Array` or base64. */
export interface WireAnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: WireInteger;
  readonly doubleValue?: number | string;
  readonly arrayValue?: { readonly values?: readonly WireAnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly WireKeyValue[] };
  readonly bytesValue?: Uint8Array | string;
}

/** One attribute. */
export interface WireKeyValue {
  readonly key?: string;
  readonly value?: WireAnyValue;
}

/** An id: bytes in protobuf, hexadecimal in JSON. */
export type WireId = Uint8Array | string;

/** Who emitted. */
export interface WireResource {
  readonly attributes?: readonly WireKeyValue[];
}

/** Which instrumentation emitted. */
export interface WireScope {
  readonly name?: string;
  readonly version?: string;
  readonly attributes?: readonly WireKeyValue[];
}

/** An export request of spans. */
export interface WireTracesRequest {
  readonly resourceSpans?: readonly {
    readonly resource?: WireResource;
    readonly scopeSpans?: readonly { readonly scope?: WireScope; readonly spans?: readonly WireSpan[] }[];
  }[];
}

/** One span. */
export interface WireSpan {
  readonly traceId?: WireId;
  readonly spanId?: WireId;
  readonly parentSpanId?: WireId;
  readonly traceState?: string;
  readonly name?: string;
  readonly kind?: number;
  readonly startTimeUnixNano?: WireInteger;
  readonly endTimeUnixNano?: WireInteger;
  readonly attributes?: readonly WireKeyValue[];
  readonly droppedAttributesCount?: number;
  readonly events?: readonly {
    readonly name?: string;
    readonly timeUnixNano?: WireInteger;
    readonly attributes?: readonly WireKeyValue[];
  }[];
  readonly droppedEventsCount?: number;
  readonly links?: readonly {
    readonly traceId?: WireId;
    readonly spanId?: WireId;
    readonly attributes?: readonly WireKeyValue[];
  }[];
  readonly droppedLinksCount?: number;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly flags?: number;
}

/** An export request of log records. */
export interface WireLogsRequest {
  readonly resourceLogs?: readonly {
    readonly resource?: WireResource;
    readonly scopeLogs?: readonly { readonly scope?: WireScope; readonly logRecords?: readonly WireLogRecord[] }[];
  }[];
}

/** One log record. */
export interface WireLogRecord {
  readonly timeUnixNano?: WireInteger;
  readonly observedTimeUnixNano?: WireInteger;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: WireAnyValue;
  readonly attributes?: readonly WireKeyValue[];
  readonly droppedAttributesCount?: number;
  readonly flags?: number;
  readonly traceId?: WireId;
  readonly spanId?: WireId;
  readonly eventName?: string;
}

/** An export request of metrics. */
export interface WireMetricsRequest {
  readonly resourceMetrics?: readonly {
    readonly resource?: WireResource;
    readonly scopeMetrics?: readonly { readonly scope?: WireScope; readonly metrics?: readonly WireMetric[] }[];
  }[];
}

/** One metric; one of its kinds is set. */
export interface WireMetric {
  readonly name?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly gauge?: WireMetricData;
  readonly sum?: WireMetricData;
  readonly histogram?: WireMetricData;
  readonly exponentialHistogram?: WireMetricData;
  readonly summary?: WireMetricData;
}

/** The data points of a metric, with what they share. */
export interface WireMetricData {
  readonly dataPoints?: readonly WireDataPoint[];
  readonly aggregationTemporality?: number;
  readonly isMonotonic?: boolean;
}

/** Every field of every kind of data point. */
export interface WireDataPoint {
  readonly attributes?: readonly WireKeyValue[];
  readonly startTimeUnixNano?: WireInteger;
  readonly timeUnixNano?: WireInteger;
  readonly asDouble?: number | string;
  readonly asInt?: WireInteger;
  readonly count?: WireInteger;
  readonly sum?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly bucketCounts?: readonly WireInteger[];
  readonly explicitBounds?: readonly number[];
  readonly scale?: number;
  readonly zeroCount?: WireInteger;
  readonly positive?: WireExponentialBuckets;
  readonly negative?: WireExponentialBuckets;
  readonly quantileValues?: readonly { readonly quantile?: number; readonly value?: number }[];
  readonly exemplars?: readonly WireExemplar[];
  readonly flags?: number;
}

/** One side of an exponential histogram. */
export interface WireExponentialBuckets {
  readonly offset?: number;
  readonly bucketCounts?: readonly WireInteger[];
}

/** One measurement kept beside a point. */
export interface WireExemplar {
  readonly timeUnixNano?: WireInteger;
  readonly asDouble?: number | string;
  readonly asInt?: WireInteger;
  readonly spanId?: WireId;
  readonly traceId?: WireId;
  readonly filteredAttributes?: readonly WireKeyValue[];
}
