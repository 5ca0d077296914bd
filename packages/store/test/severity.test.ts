import { expect, test } from "vitest";
import { levelOf, logLevels, severityOf } from "../src/record/severity.ts";

test("levelOf() names the level of every severity number", () => {
  const numbers = Array.from({ length: 26 }, (_, number) => levelOf(number));
  expect(numbers[0]).toBe(undefined);
  expect(numbers[25]).toBe(undefined);
  expect(numbers.slice(1, 25)).toEqual(logLevels.flatMap((level) => [level, level, level, level]));
});

test("severityOf() is the lowest number of a level", () => {
  expect(logLevels.map(severityOf)).toEqual([1, 5, 9, 13, 17, 21]);
});
