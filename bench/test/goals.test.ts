import { expect, test } from "vitest";
import { goals, reaches } from "../src/goals.ts";
import { suites } from "../src/suites.ts";

test("goals() names ratios that a suite computes", () => {
  const computed = new Set(suites.flatMap(({ ratios }) => Object.keys(ratios)));
  expect(goals.map(({ ratio }) => ratio).filter((ratio) => !computed.has(ratio))).toEqual([]);
});

test("reaches() takes the bound itself as reached", () => {
  const atLeast = goals.find(({ comparison }) => comparison === "atLeast");
  const atMost = goals.find(({ comparison }) => comparison === "atMost");
  expect(atLeast && [reaches(atLeast, atLeast.value), reaches(atLeast, atLeast.value - 0.01)]).toEqual([true, false]);
  expect(atMost && [reaches(atMost, atMost.value), reaches(atMost, atMost.value + 0.01)]).toEqual([true, false]);
});
