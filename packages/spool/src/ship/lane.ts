import type { OtlpEndpoint, Signal } from "../settings.ts";
import { backoffMs } from "./backoff.ts";
import { createConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { ExportRequest } from "./export-request.ts";
import type { Growth } from "./growth.ts";
import { Pause } from "./pause.ts";
import type { RetrySettings } from "./retry-settings.ts";
import type { ShipSource } from "./ship-source.ts";
import { Waker } from "./waker.ts";

/** Frames are joined to requests of this size, which leaves room for their resources in two mebibytes; a larger frame goes alone. */
const maxRequestBytes = 2 * 1024 * 1024 - 64 * 1024;
/** So much in the files is sent without waiting for more. */
const enoughBytes = 1024 * 1024;
/** A request of less than this part of its bound is little. */
const littleShare = 1 / 4;
/** While somebody waits for the end of a drain, a failed request is tried again soon. */
const maxDrainDelayMs = 500;

/** What a lane tells of its work. */
export interface LaneObserver {
  shipped(signal: Signal, records: number): void;
  rejected(signal: Signal, records: number, message: string): void;
  failed(signal: Signal, message: string): void;
  /** The cursor may have moved. */
  looked(): void;
}

/** What a lane needs to know. */
export interface LaneSettings {
  readonly signal: Signal;
  readonly endpoint: OtlpEndpoint;
  /** The spools to ship, the most urgent first; looked at before each request. */
  readonly sources: () => readonly ShipSource[];
  /** How the first of them grows. */
  readonly growth: Growth;
  readonly observer: LaneObserver;
  readonly retry: RetrySettings;
  readonly pollIntervalMs: number;
  readonly lingerMs: number;
  /** End when nothing is left, or when the receiver has failed for so long. Absent: go on for ever. */
  readonly giveUpAfterMs?: number;
}

/** Ships one signal: in the order of each spool, one request at a time, each until it is answered. */
export class Lane {
  readonly #settings: LaneSettings;
  readonly #connection: Connection;
  readonly #request = new ExportRequest();
  readonly #waker = new Waker();
  readonly #pause: Pause;
  /** The last request could not take all that is in the files. */
  #isMore = false;
  readonly #drains = new Set<() => void>();
  #isStopped = false;
  #limitBytes = maxRequestBytes;
  #failingSince: number | undefined;
  /** What was written when the last look found nothing. */
  #seen: number | undefined;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.#connection = createConnection(settings.endpoint);
    this.#pause = new Pause(settings.lingerMs);
  }

  /** Ships until `stop()`, or until nothing is left when the settings say so; true when nothing was left. */
  async run(): Promise<boolean> {
    while (!this.#isStopped) {
      await this.#linger();
      await this.#rest();
      const written = this.#settings.growth.written();
      const source = this.#nextRequest();
      this.#seen = source === undefined ? written : undefined;
      if (source !== undefined) await this.#ship(source);
      else if (this.#settings.giveUpAfterMs !== undefined) return true;
      else this.#pause.begin(true);
    }
    return false;
  }

  /** Looks anew at what it waits for. */
  wake(): void {
    this.#waker.wake();
  }

  /**
   * Resolves when a look that began after this call found nothing to ship in the first spool.
   * After `timeoutMs` nobody waits for it any more: it never resolves, and the lane is no longer in a hurry for it.
   */
  drained(timeoutMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.#drains.delete(end), timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    this.#drains.add(end);
    this.wake();
    return promise;
  }

  /** Ends after the request under way. */
  stop(): void {
    this.#isStopped = true;
    this.wake();
  }

  /** Ends the request under way. */
  abort(): void {
    this.stop();
    this.#connection.close();
  }

  get #isDraining(): boolean {
    return this.#drains.size > 0;
  }

  #isHurried(): boolean {
    return this.#isStopped || this.#isDraining;
  }

  /** Lets records gather, so that many small writes become few requests. */
  async #linger(): Promise<void> {
    const { growth } = this.#settings;
    const { end } = this.#pause;
    for (let now = performance.now(); now < end && !this.#isHurried(); now = performance.now()) {
      const written = growth.written();
      const missing = enoughBytes - this.#bytesBehind();
      if (missing <= 0) return;
      growth.wakeAfter(written, missing);
      await this.#waker.wait(Math.ceil(end - now));
    }
  }

  /** Sleeps while nothing is written: an end of that is told at once, so what comes after a silence does not wait. */
  async #rest(): Promise<void> {
    const { growth, pollIntervalMs } = this.#settings;
    if (this.#seen === undefined || this.#seen !== growth.written() || this.#isHurried()) return;
    growth.wakeAfter(this.#seen, 1);
    await this.#waker.wait(pollIntervalMs);
    this.#pause.reset();
  }

  #bytesBehind(): number {
    const { signal, sources } = this.#settings;
    return sources()[0]?.bytesBehind(signal) ?? 0;
  }

  /** Fills the request from the first spool that has something; undefined where none has. */
  #nextRequest(): ShipSource | undefined {
    const { signal, sources, observer } = this.#settings;
    for (const [index, source] of sources().entries()) {
      this.#request.clear();
      try {
        this.#isMore = source.fill(signal, this.#request, this.#limitBytes);
        if (this.#request.frames > 0) return source;
        if (index === 0) this.#endDrains();
      } catch (error) {
        // A spool that cannot be read now, or was removed; the others can be.
        observer.failed(signal, error instanceof Error ? error.message : String(error));
      }
    }
    if (sources().length === 0) this.#endDrains();
    observer.looked();
    return undefined;
  }

  #endDrains(): void {
    const drains = [...this.#drains];
    this.#drains.clear();
    for (const end of drains) end();
  }

  async #ship(source: ShipSource): Promise<void> {
    const request = this.#request.finish();
    for (let failures = 0; !this.#isStopped;) {
      const answer = await this.#connection.send(request);
      if (answer.kind === "retry") {
        failures += 1;
        await this.#wait(
          answer.message,
          answer.retryAfterMs ?? backoffMs(failures, this.#settings.retry),
          answer.retryAfterMs !== undefined,
        );
        continue;
      }
      this.#failingSince = undefined;
      if (answer.kind === "refused" && answer.status === 413 && this.#request.frames > 1) {
        // The receiver finds requests too large: from now on they are smaller, and this one is made anew at once.
        this.#limitBytes = Math.max(1, Math.floor(this.#request.payloadBytes / 2));
        source.rewind(this.#settings.signal);
        return;
      }
      if (this.#isMore) this.#pause.reset();
      else this.#pause.begin(this.#request.payloadBytes < this.#limitBytes * littleShare);
      this.#count(answer);
      this.#acknowledge(source);
      return;
    }
  }

  #count(
    answer: { kind: "accepted"; rejected: number; message?: string } | { kind: "refused"; message: string },
  ): void {
    const { signal, observer } = this.#settings;
    const { records } = this.#request;
    // A metric export counts as one record, but its points are what a receiver counts.
    const rejected = answer.kind === "refused" ? records : Math.min(records, answer.rejected);
    if (rejected > 0) observer.rejected(signal, rejected, this.#about(answer.message ?? "some records were rejected"));
    if (records > rejected) observer.shipped(signal, records - rejected);
  }

  #acknowledge(source: ShipSource): void {
    const { signal, observer } = this.#settings;
    try {
      source.acknowledge(signal);
      observer.looked();
    } catch (error) {
      // The records were received; at worst they are sent once more after a crash.
      observer.failed(signal, error instanceof Error ? error.message : String(error));
    }
  }

  async #wait(message: string, delayMs: number, isAsked: boolean): Promise<void> {
    const { signal, observer, giveUpAfterMs } = this.#settings;
    if (this.#isStopped) return;
    observer.failed(signal, this.#about(message));
    const now = performance.now();
    this.#failingSince ??= now;
    if (giveUpAfterMs !== undefined && now - this.#failingSince + delayMs > giveUpAfterMs) return this.stop();
    const end = now + delayMs;
    while (!this.#isStopped && performance.now() < this.#endOfWait(now, end, isAsked)) {
      await this.#waker.wait(Math.ceil(this.#endOfWait(now, end, isAsked) - performance.now()));
    }
  }

  #endOfWait(start: number, end: number, isAsked: boolean): number {
    return this.#isDraining && !isAsked ? Math.min(end, start + maxDrainDelayMs) : end;
  }

  #about(message: string): string {
    // User name, password and query of the URL may be secrets.
    const url = URL.parse(this.#settings.endpoint.url);
    return `${this.#settings.signal} to ${url === null ? "an invalid URL" : url.origin + url.pathname}: ${message}`;
  }
}
