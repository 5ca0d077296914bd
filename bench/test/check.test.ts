import { expect, test } from "vitest";
import { holdingOf, holds } from "../src/check.ts";

const spread = (median: number) => ({ min: median, median, max: median });

test("holdingOf() takes a quarter off the goal, or off the worst round of a full run that did not reach it", () => {
  const measured = { "a.main": spread(6) };
  expect(holdingOf("a.main", measured, { "a.main": spread(12) })).toEqual({ ratio: "a.main", median: 6, heldTo: 7.5 });
  expect(holdingOf("a.main", measured, { "a.main": { min: 4, median: 6, max: 8 } }).heldTo).toBe(3);
  expect(holdingOf("a.main", measured, {}).heldTo).toBe(7.5);
});

test("holds() takes the bound itself and refuses less, and what was not measured", () => {
  expect([7.5, 7.49, Number.NaN].map((median) => holds({ ratio: "a.main", median, heldTo: 7.5 }))).toEqual([
    true,
    false,
    false,
  ]);
  expect(holds(holdingOf("b.main", {}, {}))).toBe(false);
});
