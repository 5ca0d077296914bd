import { expect, test } from "vitest";
import { countedDaysOf, daysOf, sameDays } from "../src/bands/band-cases.ts";
import { bandRules } from "../src/bands/band-rules.ts";
import { recorded } from "../src/bands/signals.ts";
import { checkQuery } from "../src/check/check-query.ts";
import { describeFault } from "../src/check/fault.ts";

test.each(bandRules.map(({ record, labels, expr }) => [record, labels, expr] as const))(
  "bandRules() record %s %j of what is emitted",
  (record, _labels, expr) => {
    expect(Object.values<string>(recorded)).toContain(record);
    expect(checkQuery(record, "PromQL", expr).map(describeFault)).toEqual([]);
  },
);

test("bandRules() record a bound after what it is made of", () => {
  const first = (name: string): number => bandRules.findIndex(({ record }) => record === name);
  const last = (name: string): number => bandRules.findLastIndex(({ record }) => record === name);
  expect(last(recorded.upperByDay)).toBeLessThan(first(recorded.upper));
  expect(last(recorded.lowerByDay)).toBeLessThan(first(recorded.lower));
});

test("daysOf() and countedDaysOf() write half a day as 144 samples", () => {
  expect(daysOf(sameDays(2, 4, 80))).toBe("4x143 80x143 4x143 80x143");
  expect(countedDaysOf([[1, 2]])).toBe("1+1x143 146+2x143");
});
