import { kernel } from "@runlight/sdk";
import type { Flights } from "../data/flights.ts";
import { solveCholesky } from "./cholesky.ts";
import { terms } from "./design.ts";
import { type NormalEquations, sumNormalEquations } from "./normal-equations.ts";
import { residualScale } from "./residual-scale.ts";

/** What the delay of a flight depends on, as far as time of day and distance can tell. */
export interface DelayModel {
  /** Minutes, one for each of `terms`. */
  readonly coefficients: Float64Array;
  /** Typical size of what the model does not explain, in minutes. */
  readonly scaleMinutes: number;
  /** Flights the model was fitted to. */
  readonly flights: number;
  readonly iterations: number;
  /** False when the coefficients still moved after the last iteration. */
  readonly converged: boolean;
}

/** 95 % as precise as least squares where errors are normal (Huber, Robust Statistics, 1981). */
const thresholdScales = 1.345;
const toleranceMinutes = 0.001;
const maxIterations = 50;

/**
 * Fits the delay model by iteratively reweighted least squares with Huber's weights, so that the few flights
 * that are a day late do not decide what the others get.
 *
 * @param onIteration Called and awaited after each iteration, with its number and how far a coefficient moved, in minutes.
 * @throws {RangeError} When the flights cannot tell the terms apart: too few, or all alike.
 */
export async function fitDelayModel(
  flights: Flights,
  onIteration: (iteration: number, movedMinutes: number) => Promise<void> = async () => {},
): Promise<DelayModel> {
  const plain = kernel("normal-equations", () => sumNormalEquations(flights));
  let coefficients = kernel("cholesky", () => solve(plain));
  let scaleMinutes = Number.NaN;
  let moved = Number.POSITIVE_INFINITY;
  let iterations = 0;
  while (moved > toleranceMinutes && iterations < maxIterations) {
    const current = coefficients;
    // Anew each time: least squares, with which it begins, takes the extreme flights for typical ones.
    scaleMinutes = kernel("residual-scale", () => residualScale(flights, current));
    const robust = { coefficients, thresholdMinutes: thresholdScales * scaleMinutes };
    const weighted = kernel("normal-equations", () => sumNormalEquations(flights, robust));
    coefficients = kernel("cholesky", () => solve(weighted));
    moved = largestDifference(coefficients, current);
    iterations += 1;
    await onIteration(iterations, moved);
  }
  return { coefficients, scaleMinutes, flights: plain.flights, iterations, converged: moved <= toleranceMinutes };
}

function solve(equations: NormalEquations): Float64Array {
  if (equations.flights < terms.length) {
    throw new RangeError(
      `Cannot fit the delay model: flights must be ${terms.length} or more, current value is ${equations.flights}`,
    );
  }
  return solveCholesky(equations.matrix, equations.right);
}

function largestDifference(left: Float64Array, right: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < left.length; i += 1) largest = Math.max(largest, Math.abs((left[i] ?? 0) - (right[i] ?? 0)));
  return largest;
}
