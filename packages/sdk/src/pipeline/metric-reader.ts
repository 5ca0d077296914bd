import { setImmediate } from "node:timers/promises";
import type {
  AggregationOption,
  AggregationTemporality,
  AggregationType,
  CollectionResult,
  IMetricReader,
  MeterProvider,
  MetricData,
  MetricProducer,
  ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { operationScope } from "@runlight/core";
import { encodeOperationMetrics } from "../operation-metrics/encode-metrics.ts";
import type { OperationMetrics } from "../operation-metrics/operation-metrics.ts";
import { cumulative } from "../operation-metrics/point-types.ts";
import { stockSerializers } from "../providers/stock-packages.ts";
import { redactMetrics } from "../redaction/redact-metrics.ts";
import type { Redactor } from "../redaction/redactor.ts";
import { collectInstruments } from "./instrument-collection.ts";
import type { InstrumentMetric } from "./instrument-collection.ts";
import { createMetricRequests } from "./metric-requests.ts";
import type { MetricRequests } from "./metric-requests.ts";
import type { SignalWriter } from "./signal-writer.ts";
import { collectSynchronously } from "./synchronous-collection.ts";

/** Metrics as an OTLP export request, secrets taken out of the points' attributes. */
export function encodeMetrics(metrics: ResourceMetrics, redactor: Redactor): Uint8Array | undefined {
  const redacted = redactMetrics(metrics, redactor);
  const [scope, ...others] = redacted.scopeMetrics;
  if (scope?.scope === operationScope && others.length === 0) return encodeOperationMetrics(redacted.resource, scope);
  return stockSerializers().ProtobufMetricsSerializer.serializeRequest(redacted);
}

/** The aggregation that the specification gives each instrument. */
const defaultAggregation: { readonly type: AggregationType.DEFAULT } = { type: 0 };

/** Most series of one instrument. Source: metrics SDK specification, cardinality limits. */
const maxSeries = 2000;

/** The event loop goes on once a collection has taken so long. One instrument is taken at once, and so is one request. */
const sliceMs = 1;

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

/**
 * Writes all metrics, cumulative, at every interval, at a flush and at the end, in slices between which the event loop goes on. It begins when it is started, or when a meter provider
 * takes it; while none has, the operations' own metrics are all there are.
 */
export class SpoolMetricReader implements IMetricReader {
  readonly #requests: MetricRequests;
  readonly #operationMetrics: OperationMetrics | undefined;
  readonly #onError: (error: unknown) => void;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #collecting: Promise<void> | undefined;
  #writtenAmount: number | undefined;
  #producer: MetricProducer | undefined;
  #prepare: (() => void) | undefined;
  #isShutDown = false;

  constructor({ writer, operationMetrics, intervalMs, onError }: SpoolMetricReaderOptions) {
    this.#requests = createMetricRequests((request) => writer.write(request, "batched"));
    this.#operationMetrics = operationMetrics;
    this.#intervalMs = intervalMs;
    this.#onError = onError;
  }

  /** Begins to collect; `prepare` is called once, before the first collection, to begin what is only needed then. */
  start(prepare: () => void): void {
    this.#prepare = prepare;
    this.#timer ??= setInterval(() => void this.forceFlush(), this.#intervalMs).unref();
  }

  setMetricProducer(producer: MetricProducer): void {
    if (this.#producer !== undefined)
      throw new TypeError(
        "Cannot bind metric reader: it must be given to one meter provider, current value is another",
      );
    this.#producer = producer;
    this.#timer ??= setInterval(() => void this.forceFlush(), this.#intervalMs).unref();
  }

  selectAggregation(): AggregationOption {
    return defaultAggregation;
  }

  selectAggregationTemporality(): AggregationTemporality {
    return cumulative;
  }

  selectCardinalityLimit(): number {
    return maxSeries;
  }

  /** @throws TypeError when no meter provider has taken it */
  collect(): Promise<CollectionResult> {
    if (this.#producer === undefined)
      throw new TypeError(
        "Cannot collect metrics: the reader must be given to a meter provider, current value is none",
      );
    return this.#producer.collect({ timeoutMillis: Math.min(this.#intervalMs, 5000) });
  }

  /** Collects once more within {@link collectSoonMs}, unless a collection comes first: for what should not wait for the interval. */
  collectSoon(): void {
    this.#soon ??= setTimeout(() => void this.forceFlush(), collectSoonMs).unref();
  }

  /**
   * Writes what synchronous instruments recorded since the last collection, without waiting for anything: for `exit`
   * handlers. Never throws.
   */
  collectAtExit(provider: MeterProvider | undefined): void {
    if (this.#timer === undefined) return;
    try {
      const metrics = provider === undefined ? undefined : collectSynchronously(provider, this);
      for (const { scope, metrics: scoped } of metrics?.scopeMetrics ?? []) {
        for (const metric of scoped)
          this.#requests.add(metrics?.resource as ResourceMetrics["resource"], scope, metric);
      }
      this.#addNewOperationMetrics();
      // With what a collection had taken that is broken off here.
      this.#requests.writeAll();
    } catch (error) {
      this.#onError(error);
    }
  }

  forceFlush(): Promise<void> {
    // Where somebody else's provider stays, it is never started.
    if (this.#timer === undefined || this.#isShutDown) return Promise.resolve();
    // Two collections at once would only write the same points twice.
    this.#collecting ??= this.#collect().finally(() => {
      this.#collecting = undefined;
    });
    return this.#collecting;
  }

  async shutdown(): Promise<void> {
    if (this.#isShutDown) return;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    await this.#collecting;
    await this.forceFlush();
    this.#isShutDown = true;
  }

  async #collect(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    try {
      this.#prepareOnce();
      const producer = this.#producer;
      if (producer !== undefined) {
        const timeoutMs = Math.min(this.#intervalMs, 5000);
        await this.#writeInSlices(collectInstruments(producer, { timeoutMs, onError: this.#onError }));
      }
      this.#writtenAmount = await this.#writeInSlices(this.#operationMetrics?.collectEach() ?? []);
      this.#requests.writeAll();
    } catch (error) {
      this.#onError(error);
    }
  }

  #prepareOnce(): void {
    const prepare = this.#prepare;
    this.#prepare = undefined;
    prepare?.();
  }

  /** The amount of what was written. */
  async #writeInSlices(instruments: AsyncIterable<InstrumentMetric> | Iterable<InstrumentMetric>): Promise<number> {
    let amount = 0;
    let sinceMs = performance.now();
    const pause = async (): Promise<void> => {
      if (performance.now() - sinceMs < sliceMs) return;
      await setImmediate();
      sinceMs = performance.now();
    };
    for await (const { resource, scope, metric } of instruments) {
      amount += amountOf(metric);
      this.#requests.add(resource, scope, metric);
      await pause();
      while (this.#requests.writeFull()) await pause();
    }
    return amount;
  }

  #addNewOperationMetrics(): void {
    const metrics = [...(this.#operationMetrics?.collectEach() ?? [])];
    const amount = metrics.reduce((sum, { metric }) => sum + amountOf(metric), 0);
    if (amount === this.#writtenAmount) return;
    for (const { resource, scope, metric } of metrics) this.#requests.add(resource, scope, metric);
  }
}

/** A number that changes whenever a measurement is added: every one counts in a histogram, or adds to a counter. */
function amountOf({ dataPoints }: MetricData): number {
  let amount = 0;
  for (const { value } of dataPoints) amount += typeof value === "number" ? value : value.count;
  return amount;
}
