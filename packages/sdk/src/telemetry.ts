import type { TelemetryAccount } from "./account.ts";
import type { TelemetrySettings } from "./config/telemetry-settings.ts";

/** Telemetry that is switched on. Nothing here throws or rejects. */
export interface Telemetry {
  /** What the configuration resolved to. */
  readonly settings: TelemetrySettings;
  /**
   * Waits until everything emitted so far has arrived where it goes: in the file, and acknowledged where there is an endpoint.
   *
   * @param timeoutMs upper bound. Default: `settings.shutdownTimeoutMs`
   * @returns true when it has
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /**
   * Flushes, then ends telemetry; what is emitted afterwards is dropped. It need not be called: every end of a process
   * keeps what was emitted. A second call returns what the first one did.
   *
   * @param timeoutMs upper bound. Default: `settings.shutdownTimeoutMs`
   * @returns true when everything has arrived where it goes
   */
  shutdown(timeoutMs?: number): Promise<boolean>;
  /** What became of the telemetry of this process so far. */
  account(): TelemetryAccount;
}
