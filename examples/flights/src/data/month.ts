/** A calendar month. Times are Unix milliseconds; the data's local times are read as if they were UTC. */
export interface Month {
  /** As `2001-01`. */
  readonly name: string;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
}

const dayMs = 86_400_000;

/** The month in which a time falls; `undefined` for a time that is no date. */
export function monthAt(timeMs: number): Month | undefined {
  const date = new Date(timeMs);
  if (Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return {
    name: date.toISOString().slice(0, 7),
    startMs: Date.UTC(year, month),
    endMs: Date.UTC(year, month + 1),
  };
}

/** The months whose first and last day lie between the days of two times, both included, in order. */
export function wholeMonths(firstMs: number, lastMs: number): Month[] {
  const firstDay = Math.floor(firstMs / dayMs) * dayMs;
  const afterLastDay = (Math.floor(lastMs / dayMs) + 1) * dayMs;
  const months: Month[] = [];
  for (let month = monthAt(firstMs); month && month.endMs <= afterLastDay; month = monthAt(month.endMs)) {
    if (month.startMs >= firstDay) months.push(month);
  }
  return months;
}
