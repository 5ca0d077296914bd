import { Worker } from "node:worker_threads";
import type { Signal } from "../settings.ts";
import { spoolWritten } from "../spool/written.ts";
import type { SpoolWritten } from "../spool/written.ts";
import { backoffMs } from "./backoff.ts";
import { SharedState } from "./shared-state.ts";
import type { ShipperStatistics, SignalShipment } from "./shipper-statistics.ts";
import type { Shipper } from "./shipper.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from "./worker-messages.ts";

/** The thread reads a mebibyte at a time; what it needs besides is its code. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };
/** A thread that died is started again, ever more seldom. */
const restart = { initialDelayMs: 1000, maxDelayMs: 60_000 };
/** What is left after the thread was asked to stop and did not. */
const stopGraceMs = 200;

/** The main thread's side of the shipper. */
export class WorkerShipper implements Shipper {
  readonly #settings: WorkerSettings;
  readonly #shared: SharedState;
  readonly #drains = new Map<number, (isDrained: boolean) => void>();
  readonly #onWritten = (message: unknown): void => {
    const { directory, sizeBytes } = message as SpoolWritten;
    if (directory === this.#settings.directory) this.#shared.grow(sizeBytes);
  };
  #nextDrain = 1;
  #worker: Worker | undefined;
  #deaths = 0;
  #startTimer: NodeJS.Timeout | undefined;
  #hasBegun = false;
  #isStopped = false;

  constructor(settings: WorkerSettings, beginWithinMs: number) {
    this.#settings = settings;
    this.#shared = new SharedState(settings.shared);
    spoolWritten.subscribe(this.#onWritten);
    if (beginWithinMs === 0) this.begin();
    else this.#startTimer = setTimeout(() => this.begin(), beginWithinMs).unref();
  }

  begin(): void {
    if (this.#hasBegun || this.#isStopped) return;
    this.#hasBegun = true;
    clearTimeout(this.#startTimer);
    this.#start();
  }

  notify(): void {
    this.#shared.notify();
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.begin();
    const worker = this.#worker;
    if (worker === undefined) return false;
    const id = this.#nextDrain;
    this.#nextDrain += 1;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#drains.set(id, resolve);
    const timer = setTimeout(() => resolve(false), timeoutMs);
    worker.ref();
    post(worker, { kind: "drain", id, timeoutMs });
    const isDrained = await promise;
    clearTimeout(timer);
    this.#drains.delete(id);
    if (this.#drains.size === 0) worker.unref();
    return isDrained;
  }

  statistics(): ShipperStatistics {
    const lastError = this.#shared.message();
    const shipment = (signal: Signal): SignalShipment => {
      const isShipped = this.#settings.endpoints[signal] !== undefined;
      return this.#shared.shipment(signal, isShipped ? this.#settings.directory : undefined);
    };
    const counts = { traces: shipment("traces"), metrics: shipment("metrics"), logs: shipment("logs") };
    return lastError === undefined ? counts : { ...counts, lastError };
  }

  async stop(timeoutMs: number): Promise<void> {
    this.#isStopped = true;
    spoolWritten.unsubscribe(this.#onWritten);
    clearTimeout(this.#startTimer);
    const worker = this.#worker;
    if (worker === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    worker.once("exit", () => resolve());
    const timer = setTimeout(resolve, timeoutMs + stopGraceMs);
    worker.ref();
    post(worker, { kind: "stop", timeoutMs });
    await promise;
    clearTimeout(timer);
    await worker.terminate();
  }

  #start(): void {
    try {
      const worker = new Worker(new URL("./shipper-worker.js", import.meta.url), {
        name: "runlight-shipper",
        workerData: this.#settings,
        // What the program preloads is for the program; loaded here it would start telemetry of its own.
        execArgv: [],
        env: environment(),
        resourceLimits,
      });
      worker.on("message", (answer: WorkerAnswer) => this.#drains.get(answer.id)?.(true));
      worker.on("error", (error) =>
        this.#shared.setMessage(`the shipper's thread died: ${error instanceof Error ? error.message : String(error)}`),
      );
      worker.on("exit", () => this.#ended());
      // After the listeners: each of them would hold the process again.
      worker.unref();
      this.#worker = worker;
    } catch (error) {
      this.#shared.setMessage(
        `the shipper's thread could not be started: ${error instanceof Error ? error.message : String(error)}`,
      );
      this.#ended();
    }
  }

  #ended(): void {
    this.#worker = undefined;
    for (const end of this.#drains.values()) end(false);
    if (this.#isStopped) return;
    this.#deaths += 1;
    this.#startTimer = setTimeout(() => this.#start(), backoffMs(this.#deaths, restart)).unref();
  }
}

function post(worker: Worker, request: WorkerRequest): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  worker.postMessage(request);
}

function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _preloads, ...rest } = process.env;
  return rest;
}
