import type { Flights } from "../data/flights.ts";
import { terms, writeDesignRow } from "./design.ts";
import { median } from "./median.ts";
import { dot } from "./normal-equations.ts";

/** Makes the median absolute deviation an estimate of the standard deviation of normal errors: 1 / Φ⁻¹(3/4). */
const normalConsistency = 1.482_602_218_505_602;

/**
 * The typical size of a residual in minutes, undisturbed by extreme flights: the scaled median of absolute residuals.
 *
 * Takes 4 bytes a flight. NaN without flights.
 */
export function residualScale(flights: Flights, coefficients: Float64Array): number {
  const row = new Float64Array(terms.length);
  const residuals = new Float32Array(flights.count);
  let count = 0;
  for (let i = 0; i < flights.count; i += 1) {
    writeDesignRow(row, flights.minuteOfDay[i] ?? 0, flights.distanceMiles[i] ?? Number.NaN);
    const residual = Math.abs((flights.delayMinutes[i] ?? Number.NaN) - dot(row, coefficients));
    if (!Number.isNaN(residual)) residuals[count++] = residual;
  }
  return normalConsistency * median(residuals.subarray(0, count));
}
