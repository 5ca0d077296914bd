import { describe, expect, it } from "vitest";
import { forEachSignal } from "../../src/account.ts";
import type { SignalAccount, TelemetryAccount } from "../../src/account.ts";
import { accountLines } from "../../src/terminal/run-end-text.ts";

function account(over: Partial<TelemetryAccount>, signal: Partial<SignalAccount> = {}): TelemetryAccount {
  const whole: SignalAccount = {
    endpoint: undefined,
    provider: "runlight",
    kept: 0,
    shipped: 0,
    dropped: {},
    pending: 0,
    ...signal,
  };
  return {
    state: "spool",
    directory: "/data/.runlight/spool/1",
    signals: forEachSignal(() => whole),
    sizeBytes: 2048,
    bufferedBytes: 0,
    lastError: undefined,
    ...over,
  };
}

describe("accountLines()", () => {
  it("adds up the signals and confesses what was dropped and why", () => {
    const dropped = { buffer_full: 2, oversized: 1 };
    expect(
      accountLines(account({}, { endpoint: "http://localhost:4318/v1/traces", kept: 10, shipped: 8, dropped })),
    ).toEqual([
      "telemetry: 30 records kept (2.0 KiB in /data/.runlight/spool/1), 24 shipped so far, 6 dropped (buffer_full), 3 dropped (oversized)",
    ]);
  });

  it("says that nothing is kept where there is no disk", () => {
    expect(accountLines(account({ state: "discard", directory: undefined }))).toEqual([
      "telemetry: no endpoint to ship to, none dropped",
    ]);
  });

  it("tells the last trouble in one line", () => {
    expect(accountLines(account({ lastError: "write failed:\n  ENOSPC" }))).toEqual([
      "telemetry: 0 records kept (2.0 KiB in /data/.runlight/spool/1), no endpoint to ship to, none dropped",
      "  last trouble: write failed:   ENOSPC",
    ]);
  });

  it("says when telemetry is off", () => {
    expect(accountLines(account({ state: "off" }))).toEqual(["telemetry is off: nothing was kept or shipped"]);
  });
});
