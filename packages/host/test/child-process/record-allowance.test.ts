import { expect, test } from "vitest";
import { createRecordAllowance } from "../../src/child-process/output/record-allowance.ts";

test("createRecordAllowance() gives ten seconds' worth of lines at once, then so many a second", () => {
  const allowance = createRecordAllowance({ linesPerSecond: 2, bytesPerSecond: 1000 });
  const taken = (nowMs: number): number => {
    let count = 0;
    while (allowance.take(1, nowMs)) count += 1;
    return count;
  };
  expect([taken(0), taken(499), taken(1000), taken(3000), taken(100_000)]).toEqual([20, 0, 2, 4, 20]);
});

test("createRecordAllowance() bounds bytes as well, and a refused line takes nothing", () => {
  const allowance = createRecordAllowance({ linesPerSecond: 100, bytesPerSecond: 10 });
  expect(allowance.take(101, 0)).toBe(false);
  expect(allowance.take(60, 0)).toBe(true);
  expect(allowance.take(41, 0)).toBe(false);
  expect(allowance.take(40, 0)).toBe(true);
  expect(allowance.take(1, 99)).toBe(false);
  expect(allowance.take(1, 200)).toBe(true);
});
