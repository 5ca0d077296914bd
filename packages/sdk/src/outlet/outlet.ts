import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { IMetricReader } from "@opentelemetry/sdk-metrics";
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import type { OperationSink } from "@runlight/core";
import type { Signal } from "@runlight/spool";
import type { SignalAccount, TelemetryAccount } from "../account.ts";

/** What an outlet tells of itself; who owns the providers is known elsewhere. */
export interface OutletAccount extends Omit<TelemetryAccount, "lastError" | "signals"> {
  readonly signals: Readonly<Record<Signal, Omit<SignalAccount, "provider">>>;
  readonly lastError: string | undefined;
  /** Export requests that failed and are tried again. */
  readonly failures: number;
}

/** How telemetry leaves the providers: into the spool, straight to the endpoints, or nowhere. Nothing here throws or rejects. */
export interface Outlet {
  readonly state: TelemetryAccount["state"];
  /** The operations' own way past the providers; absent where they go through them. */
  readonly operationSink?: OperationSink;
  /** What the providers are made with; a signal that is switched off has none. */
  readonly spanProcessors: readonly SpanProcessor[];
  readonly logRecordProcessors: readonly LogRecordProcessor[];
  readonly metricReaders: readonly IMetricReader[];
  /** Spans and log records taken so far, for whoever wants to know whether some came since. */
  readonly taken: number;
  /**
   * Begins to collect metrics, where this outlet does so itself; `prepare` is called once, before the first collection.
   *
   * @returns false when whoever holds the providers collects
   */
  startMetrics(prepare: () => void): boolean;
  /** Asks for metrics soon instead of at the next interval, where that is cheap. */
  collectMetricsSoon(): void;
  /** Writes what is buffered, without waiting, so that the account counts it. */
  write(): void;
  /** Waits until what was taken has arrived where it goes, at most `timeoutMs`; true when it has. */
  drain(timeoutMs: number): Promise<boolean>;
  /** What can be done without waiting when the process exits: last metrics, last writes. */
  finish(): void;
  /** Ends timers, threads and files, at most `timeoutMs` later. */
  close(timeoutMs: number): Promise<void>;
  account(): OutletAccount;
  /** What goes wrong, for people: a word for its kind, and a sentence. */
  troubles(): readonly { readonly kind: string; readonly message: string }[];
}
