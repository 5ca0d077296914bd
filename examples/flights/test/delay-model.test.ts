import { describe, expect, it } from "vitest";
import { solveCholesky } from "../src/model/cholesky.ts";
import { terms, writeDesignRow } from "../src/model/design.ts";
import { fitDelayModel } from "../src/model/fit-delay-model.ts";
import { median } from "../src/model/median.ts";
import { dot, sumNormalEquations } from "../src/model/normal-equations.ts";
import { syntheticFlights } from "./synthetic-flights.ts";

const known = Float64Array.of(12, 5, -3, 2, 1, -0.5, 0.25, 4);

function modelled(minute: number, miles: number): number {
  const row = new Float64Array(terms.length);
  writeDesignRow(row, minute, miles);
  return dot(row, known);
}

function largestError(coefficients: Float64Array): number {
  return Math.max(...coefficients.map((value, i) => Math.abs(value - known[i]!)));
}

/** Numbers between -1 and 1 that look random and are the same each time. */
function createNoise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

describe("fitDelayModel()", () => {
  it("recovers known coefficients from delays without noise", async () => {
    const model = await fitDelayModel(syntheticFlights(20_000, ({ minute, miles }) => modelled(minute, miles)));
    // The delays are stored with 24 bits.
    expect(largestError(model.coefficients)).toBeLessThan(1e-5);
    expect(model).toMatchObject({ flights: 20_000, converged: true });
    expect(model.scaleMinutes).toBeLessThan(1e-5);
  });

  it("is hardly moved when one flight in twenty is ten hours late, as least squares is", async () => {
    const noise = createNoise();
    const flights = syntheticFlights(
      20_000,
      ({ minute, miles }) => modelled(minute, miles) + 5 * noise() + (noise() > 0.9 ? 600 : 0),
    );
    const model = await fitDelayModel(flights);
    const { matrix, right } = sumNormalEquations(flights);
    expect(largestError(model.coefficients)).toBeLessThan(1);
    expect(largestError(solveCholesky(matrix, right))).toBeGreaterThan(25);
    expect(model.converged).toBe(true);
  });

  it("leaves flights without a delay or a distance out", async () => {
    const flights = syntheticFlights(20_000, ({ minute, miles, i }) =>
      i % 4 === 0 ? Number.NaN : modelled(minute, miles),
    );
    flights.distanceMiles[1] = Number.NaN;
    const model = await fitDelayModel(flights);
    expect(model.flights).toBe(14_999);
    expect(largestError(model.coefficients)).toBeLessThan(1e-5);
  });

  it("tells each iteration how far a coefficient moved, ever less", async () => {
    const moves: number[] = [];
    const noise = createNoise();
    const flights = syntheticFlights(5_000, ({ minute, miles }) => modelled(minute, miles) + 20 * noise() ** 3);
    const model = await fitDelayModel(flights, async (_, moved) => void moves.push(moved));
    expect(moves).toHaveLength(model.iterations);
    expect(moves.toSorted((a, b) => b - a)).toEqual(moves);
  });

  it("refuses flights that cannot tell the terms apart", async () => {
    const tooFew = syntheticFlights(terms.length - 1, () => 1);
    await expect(fitDelayModel(tooFew)).rejects.toThrow(
      new RangeError("Cannot fit the delay model: flights must be 8 or more, current value is 7"),
    );
    const allAtNoon = syntheticFlights(1000, () => 1);
    allAtNoon.minuteOfDay.fill(720);
    await expect(fitDelayModel(allAtNoon)).rejects.toThrow("Cannot solve the normal equations");
  });
});

describe("sumNormalEquations()", () => {
  it("makes residuals orthogonal to every term at the solution", () => {
    const noise = createNoise();
    const flights = syntheticFlights(10_000, ({ minute, miles }) => modelled(minute, miles) + 30 * noise());
    const { matrix, right } = sumNormalEquations(flights);
    const solution = solveCholesky(matrix, right);
    const row = new Float64Array(terms.length);
    const sums = new Float64Array(terms.length);
    for (let i = 0; i < flights.count; i += 1) {
      writeDesignRow(row, flights.minuteOfDay[i]!, flights.distanceMiles[i]!);
      const residual = flights.delayMinutes[i]! - dot(row, solution);
      for (let term = 0; term < terms.length; term += 1) sums[term]! += residual * row[term]!;
    }
    expect(Math.max(...sums.map(Math.abs)) / flights.count).toBeLessThan(1e-10);
  });

  it("weighs by Huber's rule", () => {
    const flights = syntheticFlights(2, ({ i }) => (i === 0 ? 10 : 40));
    const robust = { coefficients: new Float64Array(terms.length), thresholdMinutes: 10 };
    // Weights 1 and 10/40; the first term is the constant.
    expect(sumNormalEquations(flights, robust).matrix[0]).toBe(1.25);
    expect(sumNormalEquations(flights, robust).right[0]).toBe(20);
  });
});

describe("solveCholesky()", () => {
  it("solves a system with a known solution", () => {
    const matrix = Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98);
    expect([...solveCholesky(matrix, Float64Array.of(4 + 24 - 48, 12 + 74 - 129, -16 - 86 + 294))]).toEqual([1, 2, 3]);
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => solveCholesky(Float64Array.of(1, 0, 1, 1), Float64Array.of(1, 1))).toThrow(RangeError);
    expect(() => solveCholesky(Float64Array.of(Number.NaN), Float64Array.of(1))).toThrow(RangeError);
  });
});

describe("median()", () => {
  it("is the middle of the sorted values", () => {
    const noise = createNoise();
    for (const length of [1, 2, 3, 10, 1001]) {
      const values = Float32Array.from({ length }, () => Math.round(20 * noise()));
      expect(median(values.slice())).toBe(values.toSorted()[length >> 1]);
    }
    expect(median(new Float32Array(100).fill(7))).toBe(7);
    expect(median(new Float32Array())).toBeNaN();
  });
});
