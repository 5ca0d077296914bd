import { EVENT_TELEMETRY_STOPPED } from "@runlight/conventions/names";
import { emitEvent } from "@runlight/core";
import type { TelemetryAccount } from "../account.ts";

/** Writes the record that says what was kept, shipped and dropped; its body is the account. */
export function emitStopped(account: TelemetryAccount, exitCode: number | undefined): void {
  const body: Record<string, unknown> = { ...account, ...(exitCode === undefined ? {} : { exitCode }) };
  // The data model of log records has no `undefined`.
  const plain = JSON.parse(JSON.stringify(body)) as Readonly<Record<string, unknown>>;
  emitEvent({ eventName: EVENT_TELEMETRY_STOPPED, severity: "DEBUG", attributes: {}, body: plain });
}
