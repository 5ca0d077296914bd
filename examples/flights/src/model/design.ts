const minutesPerDay = 1440;
const harmonics = 3;

/**
 * What the delay of a flight is explained by: a constant, three harmonics of the time of day, and the distance.
 *
 * The day is a circle, so waves of 24, 12 and 8 hours describe it without a jump at midnight.
 */
export const terms: readonly string[] = [
  "constant",
  ...Array.from({ length: harmonics }, (_, wave) => [`cos ${24 / (wave + 1)} h`, `sin ${24 / (wave + 1)} h`]).flat(),
  "per 1000 miles",
];

const timeTerms = terms.length - 1;
const table = timeTable();

/** Writes the values of all terms for one flight into `row`, in the order of `terms`. */
export function writeDesignRow(row: Float64Array, minuteOfDay: number, distanceMiles: number): void {
  const start = minuteOfDay * timeTerms;
  for (let term = 0; term < timeTerms; term += 1) row[term] = table[start + term] ?? 0;
  row[timeTerms] = distanceMiles / 1000;
}

// Sines and cosines for each minute of the day: 1440 of them instead of one for each of three million flights.
function timeTable(): Float64Array {
  const values = new Float64Array(minutesPerDay * timeTerms);
  for (let minute = 0; minute < minutesPerDay; minute += 1) {
    const angle = (2 * Math.PI * minute) / minutesPerDay;
    const start = minute * timeTerms;
    values[start] = 1;
    for (let wave = 1; wave <= harmonics; wave += 1) {
      values[start + 2 * wave - 1] = Math.cos(wave * angle);
      values[start + 2 * wave] = Math.sin(wave * angle);
    }
  }
  return values;
}
