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

/** The endpoints of the signals that are shipped; a signal without one stays on disk. */
export type OtlpEndpoints = Readonly<Partial<Record<Signal, OtlpEndpoint>>>;

/** TLS of an endpoint: paths of PEM files. */
export interface TlsSettings {
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
}

/** Bounds of the spool; `defaultBounds` holds their defaults. */
export interface SpoolBounds {
  /** Bytes of all spools under one root together. */
  readonly maxSizeBytes: number;
  /** Days a finished spool is kept. */
  readonly maxAgeDays: number;
  /** Bytes waiting in memory while the disk refuses; a larger single request is refused as `oversized`. */
  readonly maxBufferBytes: number;
  /** Bytes after which a new segment begins. */
  readonly maxSegmentBytes: number;
  /** `fsync` after each prompt write. */
  readonly fsync: boolean;
}
