import type { OtlpEndpoints } from "../settings.ts";
import type { RetrySettings } from "./retry-settings.ts";
import type { ShipperStatistics } from "./shipper-statistics.ts";

/** What `startShipper()` needs to know. */
export interface ShipperSettings {
  /** Absolute path of the directory of all spools. */
  readonly root: string;
  /** This process's own spool. */
  readonly directory: string;
  readonly endpoints: OtlpEndpoints;
  /** How often the files are looked at though nobody said that something was written: a spool of this process says so by itself. Default 5 s. */
  readonly pollIntervalMs?: number;
  /**
   * How long after a request, or a look that found nothing, the next one of that signal waits for more records to join it, unless there is
   * enough. Default 500 ms; where little comes for long, it grows to four times that. What comes after a silence is sent at once.
   */
  readonly lingerMs?: number;
  /** How often spools of gone processes are looked for. Default 60 s; they are at the start as well. */
  readonly adoptIntervalMs?: number;
  readonly retry?: RetrySettings;
  /** Longest wait for `begin()` before the thread is started without it. Default 0: it is started at once. */
  readonly beginWithinMs?: number;
}

/** Sends what the spools hold, from a worker thread. Nothing here throws or rejects. */
export interface Shipper {
  /** Starts the thread, where it waits to be needed: a few milliseconds here, 35 of another core, and about 19 MB. */
  begin(): void;
  /** Says that something was written, which the own spool does by itself. Costs less than a microsecond. */
  notify(): void;
  /** Waits until everything that is now in the own spool is shipped, at most `timeoutMs`; true when it is. Keeps the process alive meanwhile. */
  drain(timeoutMs: number): Promise<boolean>;
  /** Readable at any moment, even in an `exit` handler. */
  statistics(): ShipperStatistics;
  /** Ends the thread once the requests in flight are answered, at most `timeoutMs` later. */
  stop(timeoutMs: number): Promise<void>;
}
