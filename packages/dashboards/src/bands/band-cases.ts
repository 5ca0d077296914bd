/** Samples of a day at one every five minutes, half of it night. */
const halfDaySamples = 144;

/** A gauge that is `night` until noon and `day` after it, for each of these days, as `promtool` reads values. */
export function daysOf(days: readonly (readonly [night: number, day: number])[]): string {
  return days
    .flatMap(([night, day]) => [night, day])
    .map((value) => `${value}x${halfDaySamples - 1}`)
    .join(" ");
}

/** The same of a counter that goes up by so much every five minutes. */
export function countedDaysOf(days: readonly (readonly [night: number, day: number])[]): string {
  let total = 0;
  return days
    .flatMap(([night, day]) => [night, day])
    .map((step) => {
      const from = total + step;
      total += step * halfDaySamples;
      return `${from}+${step}x${halfDaySamples - 1}`;
    })
    .join(" ");
}

/** So many days alike. */
export function sameDays(
  count: number,
  night: number,
  day: number,
): readonly (readonly [night: number, day: number])[] {
  return Array.from({ length: count }, () => [night, day] as const);
}
