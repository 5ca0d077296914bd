import type { FlightFile } from "./flight-file.ts";
import type { Flights } from "./flights.ts";
import type { MonthRows } from "./month-index.ts";
import { toNumber } from "./to-number.ts";

const minuteMs = 60_000;
const minutesPerDay = 1440;

/**
 * Reads the flights of one month, row group by row group: about 12 bytes a flight, and one row group's values while it is decoded.
 *
 * @param onRows Called and awaited after each part with the rows read so far.
 * @throws {Error} When a column cannot be decoded.
 */
export async function loadFlights(
  file: FlightFile,
  { month, rowStart, rowEnd }: MonthRows,
  onRows: (rows: number) => Promise<void>,
): Promise<Flights> {
  const count = rowEnd - rowStart;
  const monthStartMs = Date.parse(`${month}-01T00:00Z`);
  const minuteOfDay = new Uint16Array(count);
  const delayMinutes = new Float32Array(count);
  const distanceMiles = new Float32Array(count);
  const origin = new Uint16Array(count);
  const airports = new Map<string, number>();

  for (const group of file.rowGroups) {
    const part = { rowStart: Math.max(rowStart, group.rowStart), rowEnd: Math.min(rowEnd, group.rowEnd) };
    if (part.rowStart >= part.rowEnd) continue;
    const first = part.rowStart - rowStart;

    // One column at a time, so that only one is held decoded.
    const times = await file.readColumn("date", part);
    for (let i = 0; i < times.length; i += 1) {
      minuteOfDay[first + i] = ((toNumber(times[i]) - monthStartMs) / minuteMs) % minutesPerDay;
    }
    const delays = await file.readColumn("delay", part);
    for (let i = 0; i < delays.length; i += 1) delayMinutes[first + i] = toNumber(delays[i]);
    const distances = await file.readColumn("distance", part);
    for (let i = 0; i < distances.length; i += 1) distanceMiles[first + i] = toNumber(distances[i]);
    const origins = await file.readColumn("origin", part);
    for (let i = 0; i < origins.length; i += 1) origin[first + i] = numberOf(airports, toCode(origins[i]));

    await onRows(part.rowEnd - rowStart);
  }
  return { month, count, minuteOfDay, delayMinutes, distanceMiles, origin, airports: [...airports.keys()] };
}

function toCode(value: unknown): string {
  return typeof value === "string" ? value : "unknown";
}

function numberOf(numbers: Map<string, number>, key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(key, number);
  }
  return number;
}
