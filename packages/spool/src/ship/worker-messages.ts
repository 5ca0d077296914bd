import type { OtlpEndpoints } from "../settings.ts";
import type { RetrySettings } from "./retry-settings.ts";

/** What the shipper's thread is started with. */
export interface WorkerSettings {
  readonly root: string;
  readonly directory: string;
  readonly endpoints: OtlpEndpoints;
  readonly pollIntervalMs: number;
  readonly lingerMs: number;
  readonly adoptIntervalMs: number;
  readonly retry: RetrySettings;
  readonly shared: SharedArrayBuffer;
}

/** What the main thread asks for. */
export type WorkerRequest =
  | { readonly kind: "drain"; readonly id: number; readonly timeoutMs: number }
  | { readonly kind: "stop"; readonly timeoutMs: number };

/** What the thread answers: a drain is over. */
export interface WorkerAnswer {
  readonly kind: "drained";
  readonly id: number;
}
