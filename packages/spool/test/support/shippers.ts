import { startShipper } from "@runlight/spool";
import type { Shipper, ShipperSettings } from "@runlight/spool";
import { onTestFinished } from "vitest";
import { decodeLogs } from "../../src/otlp/decode-logs.ts";
import type { Spool } from "../../src/spool/spool.ts";
import { startReceiver } from "./receiver.ts";
import type { Arrival, Receiver } from "./receiver.ts";
import { openTestSpool, temporaryRoot } from "./spools.ts";

const fast = { lingerMs: 0, pollIntervalMs: 20, retry: { initialDelayMs: 10, maxDelayMs: 50 } };

/** A spool that is shipped to a receiver. */
export interface Setting {
  readonly spool: Spool;
  readonly shipper: Shipper;
  readonly receiver: Receiver;
}

/** Starts a shipper that loses no time, which ends with the test. */
export async function setUp(settings: Partial<ShipperSettings> = {}, given?: Receiver, bounds = {}): Promise<Setting> {
  const root = temporaryRoot();
  const spool = openTestSpool(root, bounds);
  const receiver = given ?? (await startReceiver());
  const shipper = startShipper({
    root,
    directory: spool.directory,
    endpoints: receiver.endpoints(),
    ...fast,
    ...settings,
  });
  onTestFinished(() => shipper.stop(0));
  return { spool, shipper, receiver };
}

/** What the statistics say of a signal of which so many records were shipped. */
export function shipped(records: number): object {
  return { shipped: records, rejected: 0, failures: 0, pendingBytes: 0 };
}

/** The first elements of the bodies of all records, in the order they arrived. */
export function numbersIn(arrivals: readonly Arrival[]): readonly unknown[] {
  return arrivals.flatMap((arrival) => decodeLogs(arrival.bytes).map((record) => (record.body as unknown[])[0]));
}
