import { expect, test } from "vitest";
import { spreadOf } from "../src/measure/spread.ts";

test("spreadOf() gives the middle value of an odd number, the mean of the two middle ones of an even number", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ min: 1, median: 2.5, max: 4 });
});

test("spreadOf() passes over what is no number and gives nothing for nothing", () => {
  expect(spreadOf([Number.NaN, 7])).toEqual({ min: 7, median: 7, max: 7 });
  expect(spreadOf([])).toBe(undefined);
});
