import { expect, test } from "vitest";
import { holdingOf, holds } from "../src/check.ts";

const spread = (median: number) => ({ min: median, median, max: median });

test("holdingOf() takes a quarter off the goal, or off what the last full run reached where that is less", () => {
  const measured = { "a.main": spread(6) };
  expect(holdingOf("a.main", measured, { "a.main": spread(12) })).toEqual({ ratio: "a.main", median: 6, heldTo: 7.5 });
  expect(holdingOf("a.main", measured, { "a.main": spread(4) }).heldTo).toBe(3);
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
