import type { Flights } from "../data/flights.ts";
import { terms, writeDesignRow } from "./design.ts";

/** The normal equations `XᵀWX β = XᵀWy` of a weighted least-squares fit. */
export interface NormalEquations {
  /** `XᵀWX`, terms x terms, row-major, lower triangle. */
  readonly matrix: Float64Array;
  /** `XᵀWy`. */
  readonly right: Float64Array;
  /** Flights that took part: those with a delay and a distance. */
  readonly flights: number;
}

/** How far from the model a flight may be before its weight falls. */
export interface Robustness {
  readonly coefficients: Float64Array;
  readonly thresholdMinutes: number;
}

/**
 * Sums the normal equations over all flights; the costliest kernel: 52 multiplications a flight.
 *
 * @param robust Weighs a flight by Huber's rule: 1 up to the threshold, threshold / residual beyond it. Without it all weights are 1.
 */
export function sumNormalEquations(flights: Flights, robust?: Robustness): NormalEquations {
  const size = terms.length;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  let count = 0;
  for (let i = 0; i < flights.count; i += 1) {
    const delay = flights.delayMinutes[i] ?? Number.NaN;
    const distance = flights.distanceMiles[i] ?? Number.NaN;
    if (Number.isNaN(delay) || Number.isNaN(distance)) continue;
    count += 1;
    writeDesignRow(row, flights.minuteOfDay[i] ?? 0, distance);
    const weight =
      robust === undefined ? 1 : huberWeight(delay - dot(row, robust.coefficients), robust.thresholdMinutes);
    for (let a = 0; a < size; a += 1) {
      const weighted = weight * (row[a] ?? 0);
      right[a] = (right[a] ?? 0) + weighted * delay;
      for (let b = 0; b <= a; b += 1) matrix[a * size + b] = (matrix[a * size + b] ?? 0) + weighted * (row[b] ?? 0);
    }
  }
  return { matrix, right, flights: count };
}

/** Sum of the products of two vectors of one length. */
export function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += (left[i] ?? 0) * (right[i] ?? 0);
  return sum;
}

function huberWeight(residual: number, threshold: number): number {
  const size = Math.abs(residual);
  return size <= threshold ? 1 : threshold / size;
}
