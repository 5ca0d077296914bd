import { ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { MetricReader } from "@opentelemetry/sdk-metrics";
import type { MeterProvider, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { operationScope } from "@runlight/core";
import { encodeOperationMetrics } from "../operation-metrics/encode-metrics.ts";
import type { OperationMetrics } from "../operation-metrics/operation-metrics.ts";
import { redactMetrics } from "../redaction/redact-metrics.ts";
import type { Redactor } from "../redaction/redactor.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { collectSynchronously } from "./synchronous-collection.ts";

/** Metrics as an OTLP export request, secrets taken out of the points' attributes. */
export function encodeMetrics(metrics: ResourceMetrics, redactor: Redactor): Uint8Array | undefined {
  const redacted = redactMetrics(metrics, redactor);
  const [scope, ...others] = redacted.scopeMetrics;
  if (scope?.scope === operationScope && others.length === 0) return encodeOperationMetrics(redacted.resource, scope);
  return ProtobufMetricsSerializer.serializeRequest(redacted);
}

/** Longest time that {@link SpoolMetricReader.collectSoon} waits; however often it is asked, it collects once in that time. */
export const collectSoonMs = 1000;

/** What the reader needs. */
export interface SpoolMetricReaderOptions {
  readonly writer: SignalWriter<ResourceMetrics>;
  readonly operationMetrics: OperationMetrics | undefined;
  readonly intervalMs: number;
  /** Told what observable callbacks threw. */
  readonly onError: (error: unknown) => void;
}

/** Writes all metrics, cumulative, at every interval, at a flush and at the end. */
export class SpoolMetricReader extends MetricReader {
  readonly #writer: SignalWriter<ResourceMetrics>;
  readonly #operationMetrics: OperationMetrics | undefined;
  readonly #onError: (error: unknown) => void;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #collecting: Promise<void> | undefined;
  #writtenAmount: number | undefined;
  #isBound = false;

  constructor({ writer, operationMetrics, intervalMs, onError }: SpoolMetricReaderOptions) {
    super();
    this.#writer = writer;
    this.#operationMetrics = operationMetrics;
    this.#intervalMs = intervalMs;
    this.#onError = onError;
  }

  /** Collects once more within {@link collectSoonMs}, unless a collection comes first: for what should not wait for the interval. */
  collectSoon(): void {
    this.#soon ??= setTimeout(() => void this.onForceFlush(), collectSoonMs).unref();
  }

  /**
   * Writes what synchronous instruments recorded since the last collection, without waiting for anything: for `exit`
   * handlers. Never throws.
   */
  collectAtExit(provider: MeterProvider): void {
    try {
      const metrics = collectSynchronously(provider, this);
      if (metrics !== undefined) this.#writer.write(metrics, "batched");
      this.#writeOperationMetrics(true);
    } catch (error) {
      this.#onError(error);
    }
  }

  protected override onInitialized(): void {
    this.#isBound = true;
    this.#timer = setInterval(() => void this.onForceFlush(), this.#intervalMs).unref();
  }

  protected override onForceFlush(): Promise<void> {
    // Without a provider, when somebody else's stays, there is nothing to collect.
    if (!this.#isBound) return Promise.resolve();
    // Two collections at once would only write the same points twice.
    this.#collecting ??= this.#collect().finally(() => {
      this.#collecting = undefined;
    });
    return this.#collecting;
  }

  protected override async onShutdown(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    await this.#collecting;
    await this.onForceFlush();
  }

  async #collect(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    try {
      const { resourceMetrics, errors } = await this.collect({ timeoutMillis: Math.min(this.#intervalMs, 5000) });
      for (const error of errors) this.#onError(error);
      if (resourceMetrics.scopeMetrics.length > 0) this.#writer.write(resourceMetrics, "batched");
      this.#writeOperationMetrics(false);
    } catch (error) {
      this.#onError(error);
    }
  }

  #writeOperationMetrics(onlyNew: boolean): void {
    const metrics = this.#operationMetrics?.collectNow();
    if (metrics === undefined) return;
    const amount = amountOf(metrics);
    if (onlyNew && amount === this.#writtenAmount) return;
    this.#writtenAmount = amount;
    this.#writer.write(metrics, "batched");
  }
}

/** A number that changes whenever a measurement is added: every one counts in a histogram, or adds to a counter. */
function amountOf(metrics: ResourceMetrics): number {
  let amount = 0;
  for (const { metrics: scoped } of metrics.scopeMetrics) {
    for (const { dataPoints } of scoped) {
      for (const { value } of dataPoints) amount += typeof value === "number" ? value : value.count;
    }
  }
  return amount;
}
