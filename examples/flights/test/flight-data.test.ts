import { copyFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, it } from "vitest";
import { groupDelays } from "../src/data/delay-groups.ts";
import { openFlightFile } from "../src/data/flight-file.ts";
import { loadFlights } from "../src/data/load-flights.ts";
import { indexMonths } from "../src/data/month-index.ts";
import { wholeMonths } from "../src/data/month.ts";

const path = fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));
const counts = {
  "2001-01": 508_239,
  "2001-02": 458_170,
  "2001-03": 511_502,
  "2001-04": 501_030,
  "2001-05": 518_831,
  "2001-06": 502_222,
  "2001-07": 6,
};

describe("openFlightFile()", () => {
  it("finds three million rows and the six months they cover in full", async () => {
    const file = await openFlightFile(path);
    expect(file.rowCount).toBe(3_000_000);
    expect(file.months).toEqual(Object.keys(counts).slice(0, 6));
  });

  it("says what is wrong with a file that is missing, no parquet, or cut off", async () => {
    using directory = temporaryDirectory();
    const missing = join(directory.path, "missing.parquet");
    await expect(openFlightFile(missing)).rejects.toThrow(
      `Cannot read flights: ${missing} must be a readable parquet file (ENOENT`,
    );
    const text = join(directory.path, "text.parquet");
    await writeFile(text, "date,delay\n".repeat(100));
    await expect(openFlightFile(text)).rejects.toThrow(
      `Cannot read flights: ${text} must be a readable parquet file (`,
    );
    const cutOff = join(directory.path, "cut-off.parquet");
    await copyFile(path, cutOff);
    await truncate(cutOff, 1_000_000);
    await expect(openFlightFile(cutOff)).rejects.toThrow(
      `Cannot read flights: ${cutOff} must be a readable parquet file (`,
    );
  });
});

describe("indexMonths()", () => {
  it("finds each month's rows without a gap", async () => {
    const index = await indexMonths(await openFlightFile(path));
    expect(Object.fromEntries(index.map(({ month, rowStart, rowEnd }) => [month, rowEnd - rowStart]))).toEqual(counts);
    expect(index.map(({ rowStart }) => rowStart)).toEqual([0, ...index.slice(0, -1).map(({ rowEnd }) => rowEnd)]);
  });
});

describe("loadFlights()", () => {
  it("reads a month from several row groups", async () => {
    const file = await openFlightFile(path);
    const rows = (await indexMonths(file)).find(({ month }) => month === "2001-02")!;
    const told: number[] = [];
    const flights = await loadFlights(file, rows, async (done) => void told.push(done));
    expect(flights.count).toBe(458_170);
    expect(told.at(-1)).toBe(458_170);
    expect(told).toHaveLength(3);
    // Three flights that month are said to have left hours early: a fault in the data that the validation reports.
    expect(Array.from(flights.delayMinutes.filter((delay) => delay < -120))).toEqual([-212, -953, -1116]);
    expect(Math.max(...new Set(flights.minuteOfDay))).toBeLessThan(1440);
    const busiest = groupDelays(flights.delayMinutes, flights.airports, (i) => flights.origin[i]!).toSorted(
      (a, b) => b.flights - a.flights,
    )[0]!;
    expect(busiest).toMatchObject({ key: "ORD", flights: 24_997 });
  });

  it("reads the few flights of a month that the file does not cover", async () => {
    const file = await openFlightFile(path);
    const rows = (await indexMonths(file)).at(-1)!;
    const flights = await loadFlights(file, rows, async () => {});
    expect(flights).toMatchObject({ month: "2001-07", count: 6 });
    expect([...flights.minuteOfDay]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("wholeMonths()", () => {
  const names = (first: string, last: string) =>
    wholeMonths(Date.parse(`${first}Z`), Date.parse(`${last}Z`)).map(({ name }) => name);

  it("counts a month whose first and last day are there", () => {
    expect(names("2001-01-01T23:59", "2001-02-28T00:00")).toEqual(["2001-01", "2001-02"]);
    expect(names("2001-01-02T00:00", "2001-02-27T23:59")).toEqual([]);
    expect(names("2001-12-01T00:00", "2002-01-31T00:00")).toEqual(["2001-12", "2002-01"]);
  });
});

describe("groupDelays()", () => {
  it("sums up each group and leaves missing delays out", () => {
    const delays = Float32Array.of(0, 14, 15, Number.NaN, 40);
    const group = [0, 0, 0, 0, 1];
    expect(groupDelays(delays, ["A", "B", "C"], (i) => group[i]!)).toEqual([
      { key: "A", flights: 3, meanMinutes: 29 / 3, lateShare: 1 / 3 },
      { key: "B", flights: 1, meanMinutes: 40, lateShare: 1 },
      { key: "C", flights: 0, meanMinutes: Number.NaN, lateShare: Number.NaN },
    ]);
  });
});
