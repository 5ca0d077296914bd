import { checkQuality } from "@runlight/sdk";
import type { Flights } from "./data/flights.ts";
import { log } from "./log.ts";

/**
 * Holds a month against what is known of American air traffic. What only warns is worth a look, the month can be used.
 *
 * @throws {Error} When a check fails: the month cannot be used.
 */
export function validateFlights({ month, count, delayMinutes }: Flights): void {
  let missing = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const delay of delayMinutes) {
    if (Number.isNaN(delay)) missing += 1;
    if (delay < lowest) lowest = delay;
  }
  const checks = [
    checkQuality({
      name: "flights",
      value: count,
      unit: "{flight}",
      min: 10_000,
      warnBelow: 400_000,
      warnAbove: 600_000,
    }),
    checkQuality({ name: "missing delays", value: (100 * missing) / count, unit: "%", max: 50, warnAbove: 2 }),
    // Nobody leaves two hours early: such a delay was taken against the wrong day.
    checkQuality({ name: "lowest delay", value: lowest, unit: "min", warnBelow: -120 }),
  ];

  const faults: string[] = [];
  for (const { name, value, outcome, reason } of checks) {
    if (outcome === "warning") log.warn(`${month}: ${name} ${reason}, current value is ${value}`);
    if (outcome === "failure") faults.push(`${name} ${reason}, current value is ${value}`);
  }
  if (faults.length > 0) throw new Error(`Cannot use ${month}: ${faults.join("; ")}`);
}
