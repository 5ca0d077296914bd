import type { Flights } from "../src/data/flights.ts";

/** Flights of which every value is known: spread over the day and over distances, delay as `delayOf` says. */
export function syntheticFlights(
  count: number,
  delayOf: (flight: { minute: number; miles: number; i: number }) => number,
): Flights {
  const minuteOfDay = Uint16Array.from({ length: count }, (_, i) => (i * 7) % 1440);
  const distanceMiles = Float32Array.from({ length: count }, (_, i) => 50 + ((i * 137) % 2500));
  const delayMinutes = Float32Array.from({ length: count }, (_, i) =>
    delayOf({ minute: minuteOfDay[i]!, miles: distanceMiles[i]!, i }),
  );
  return {
    month: "2001-01",
    count,
    minuteOfDay,
    delayMinutes,
    distanceMiles,
    origin: new Uint16Array(count),
    airports: ["ORD"],
  };
}
