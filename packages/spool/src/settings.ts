/** The three signals of OpenTelemetry. */
export type Signal = "logs" | "metrics" | "traces";

/** Where one signal is sent: an OTLP/HTTP receiver that takes protobuf. */
export interface OtlpEndpoint {
  /** Full URL, path included (`http://127.0.0.1:4318/v1/traces`). */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bound of one request, in milliseconds. */
  readonly timeoutMs: number;
  readonly compression: "gzip" | "none";
  readonly tls: TlsSettings;
}

/** TLS of an endpoint: paths of PEM files. */
export interface TlsSettings {
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
}

/** Bounds of the spool; see `TelemetryConfig.spool` for their meaning and defaults. */
export interface SpoolBounds {
  readonly maxSizeBytes: number;
  readonly maxAgeDays: number;
  readonly maxBufferBytes: number;
  /** Bytes after which a new segment begins. */
  readonly maxSegmentBytes: number;
  readonly fsync: boolean;
}
