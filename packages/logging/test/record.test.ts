import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import winston from "winston";
import { boundedFields, boundedText } from "../src/record/bounded-value.ts";
import { findError } from "../src/record/logged-error.ts";
import { severityNumber } from "../src/record/severity.ts";

const copy = (fields: Record<string, unknown>): Record<string, unknown> => boundedFields(fields, new Set());

describe("severityNumber()", () => {
  test("severityNumber() takes an unknown level for the next less urgent one that is known", () => {
    const levels = { fatal: 0, error: 1, audit: 2, info: 3, chatter: 4 };
    expect(Object.keys(levels).map((level) => severityNumber(level, levels))).toEqual([21, 17, 9, 9, 9]);
  });

  test("severityNumber() takes levels nobody knows for INFO", () => {
    expect([severityNumber("red", { red: 0, green: 1 }), severityNumber("absent", {})]).toEqual([9, 9]);
  });

  test("severityNumber() falls with urgency in every set that winston ships", () => {
    for (const { levels } of [winston.config.npm, winston.config.syslog, winston.config.cli]) {
      const numbers = Object.keys(levels).map((level) => severityNumber(level, levels));
      expect(numbers).toEqual(numbers.toSorted((first, second) => second - first));
    }
  });
});

describe("boundedFields()", () => {
  test("boundedFields() keeps texts of 8,192 units and marks what it cuts of longer ones", () => {
    const fits = "x".repeat(8192);
    expect(copy({ fits, beyond: `${fits}y` })).toEqual({ fits, beyond: `${fits}… [1 more]` });
    expect(boundedText("abc", 2)).toBe("ab… [1 more]");
  });

  test("boundedFields() keeps 8 levels and names what is deeper", () => {
    const nest = (levels: number): unknown => (levels === 0 ? "core" : { in: nest(levels - 1) });
    expect(JSON.stringify(copy({ fits: nest(8) }))).toContain('"core"');
    expect(JSON.stringify(copy({ beyond: nest(9) }))).toMatch(/\{"in":"\[deeper\]"\}/);
  });

  test("boundedFields() keeps 1,000 values and says how many more there were", () => {
    const list = (length: number): number[] => Array.from({ length }, (_, index) => index);
    expect(copy({ list: list(999) })).toEqual({ list: list(999) });
    expect(copy({ list: list(1001) })).toEqual({ list: [...list(999), "[2 more]"] });
    expect(copy({ list: list(999), other: 1 })).toEqual({ list: list(999), "…": "[more]" });
  });

  test("boundedFields() makes text of what a record cannot carry", () => {
    expect(
      copy({
        date: new Date(0),
        never: new Date(Number.NaN),
        big: 10n ** 20n,
        map: new Map<unknown, unknown>([[1, "one"]]),
        set: new Set(["a"]),
        bytes: Buffer.from("abc"),
        error: new RangeError("too far"),
        json: new URL("http://localhost/"),
        nothing: undefined,
        call: () => 1,
        empty: null,
      }),
    ).toEqual({
      date: "1970-01-01T00:00:00.000Z",
      never: "[invalid date]",
      big: "100000000000000000000",
      map: { 1: "one" },
      set: ["a"],
      bytes: "[Buffer of 3 bytes]",
      error: { name: "RangeError", message: "too far" },
      json: "http://localhost/",
      empty: null,
    });
  });
});

describe("findError()", () => {
  test("findError() knows errors of another realm", () => {
    const error: unknown = runInNewContext('new RangeError("elsewhere")');
    expect(findError({ message: "m", error }, [])?.attributes["exception.type"]).toBe("RangeError");
  });

  test("findError() finds none in a field that only looks like one", () => {
    expect(findError({ message: "m", error: "text", err: { message: "plain" } }, [])).toBeUndefined();
  });
});
