import type { ProcessIdentity } from "../process/identity.ts";
import type { Signal, SpoolBounds } from "../settings.ts";
import type { ItemBatch } from "./item-batch.ts";
import type { SpoolStatistics } from "./statistics.ts";

/** What `openSpool()` needs to know. */
export interface SpoolSettings {
  /** Absolute path of the directory of all spools: `<.runlight>/spool`. */
  readonly root: string;
  readonly bounds: SpoolBounds;
  readonly identity: ProcessIdentity;
  /** Signals that are shipped somewhere; for these alone a deletion by retention before they were shipped counts as a drop. Default: all. */
  readonly shippedSignals?: readonly Signal[];
}

/** How a request is to be written. */
export interface AppendOptions {
  /** `prompt` is in the file when `append()` returns, or 10 ms later where the last write is nearer than that; `batched` within 64 KiB or 100 ms. */
  readonly urgency: "batched" | "prompt";
  /** Spans or log records in the request; 1 for a metric export. */
  readonly records: number;
}

/** What items have in common that are written one by one. */
export interface ItemScope {
  /** The `resource` field of a request with its tag. */
  readonly resource: Uint8Array;
  /** The `schema_url` field beside it with its tag; empty where there is none. */
  readonly schema: Uint8Array;
  /** The `scope` field with its tag. */
  readonly scope: Uint8Array;
}

/** One process's append-only store of OTLP export requests. Nothing here throws. */
export interface Spool {
  /** `<root>/<start time>-<pid>-<random>`. */
  readonly directory: string;
  /** Takes one serialized `Export<Signal>ServiceRequest`, whose bytes must not change afterwards. False: it was dropped, and counted. */
  append(signal: Signal, request: Uint8Array, options: AppendOptions): boolean;
  /**
   * Opens a batch into which items of one scope are written without a request around each: those between two writes to the file are one
   * frame. Order with requests of the same signal is kept. Undefined when the spool has more resources than it numbers.
   */
  openItems(signal: Signal, scope: ItemScope): ItemBatch | undefined;
  /** Writes what is buffered, synchronously. */
  flush(): void;
  statistics(): SpoolStatistics;
  /** Writes what is buffered and marks the life as ended; later requests are dropped as `closed`. */
  close(state: "ended"): void;
}
