import { expect, test } from "vitest";
import { readCommandLine } from "../src/command-line.ts";
import { suites } from "../src/suites.ts";

test("readCommandLine() measures everything in nine rounds when nothing is said", () => {
  const names = suites.map(({ name }) => name);
  expect(readCommandLine([])).toEqual({
    action: "measure",
    suites: names,
    rounds: 9,
    isQuick: false,
    isResumed: false,
  });
});

test("readCommandLine() reads one suite as JSON, and a short trial", () => {
  expect(readCommandLine(["--json", "operation", "--quick"])).toEqual({
    action: "json",
    suites: ["operation"],
    rounds: 2,
    isQuick: true,
    isResumed: false,
  });
});

test("readCommandLine() accepts 1 and 99 rounds and refuses 0, 100 and what is no number", () => {
  expect(readCommandLine(["--rounds", "1"]).rounds).toBe(1);
  expect(readCommandLine(["--rounds", "99"]).rounds).toBe(99);
  for (const text of ["0", "100", "many"])
    expect(() => readCommandLine(["--rounds", text])).toThrow(
      new RangeError(`Cannot measure: --rounds must be an integer from 1 to 99, current value is ${text}`),
    );
});

test("readCommandLine() refuses a suite or an option that does not exist", () => {
  expect(() => readCommandLine(["--suite", "speed"])).toThrow(
    /suite must be one of operation, .*, current value is speed/,
  );
  expect(() => readCommandLine(["--fast"])).toThrow(TypeError);
});
