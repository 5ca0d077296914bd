import type {
  AggregationOption,
  AggregationTemporality,
  AggregationType,
  CollectionResult,
  IMetricReader,
  MetricProducer,
  ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import type { OperationMetrics } from "../operation-metrics/operation-metrics.ts";
import { cumulative } from "../operation-metrics/point-types.ts";
import { createInstrumentParts } from "./instrument-parts.ts";
import type { InstrumentParts } from "./instrument-parts.ts";
import { amountOfAll } from "./metric-part.ts";
import type { MetricPart } from "./metric-part.ts";
import { createMetricRequests } from "./metric-requests.ts";
import type { MetricRequests } from "./metric-requests.ts";
import { createPause } from "./pause.ts";
import type { SignalWriter } from "./signal-writer.ts";

/** The aggregation that the specification gives each instrument. */
const defaultAggregation: { readonly type: AggregationType.DEFAULT } = { type: 0 };

/** Most series of one instrument. Source: metrics SDK specification, cardinality limits. */
const maxSeries = 2000;

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
  #instruments: InstrumentParts | undefined;
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
    this.#instruments = createInstrumentParts(producer);
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
  collectAtExit(): void {
    if (this.#timer === undefined) return;
    try {
      for (const part of this.#instruments?.changed() ?? []) this.#requests.add(part);
      this.#addNewOperationMetrics();
      this.#requests.writeRest();
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
      const instruments = this.#instruments;
      if (instruments !== undefined) {
        await instruments.observe({ timeoutMs: Math.min(this.#intervalMs, 5000), onError: this.#onError });
        await this.#writeInSlices(instruments.all());
      }
      this.#writtenAmount = await this.#writeInSlices(this.#operationMetrics?.collectEach() ?? []);
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
  async #writeInSlices(parts: Iterable<MetricPart>): Promise<number> {
    let amount = 0;
    const pause = createPause();
    for (const part of parts) {
      amount += amountOfAll(part.metric.dataPoints);
      this.#requests.add(part);
      if (!pause.isDue) continue;
      this.#requests.writeRest();
      await pause.take();
    }
    this.#requests.writeRest();
    return amount;
  }

  #addNewOperationMetrics(): void {
    const parts = [...(this.#operationMetrics?.collectEach() ?? [])];
    const amount = parts.reduce((sum, part) => sum + amountOfAll(part.metric.dataPoints), 0);
    if (amount === this.#writtenAmount) return;
    for (const part of parts) this.#requests.add(part);
  }
}
