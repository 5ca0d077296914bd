import type { FlightFile, RowGroup, RowRange } from "./flight-file.ts";
import { type Month, monthAt } from "./month.ts";
import { toNumber } from "./to-number.ts";

/** Where the rows of one month are; the file is ordered by date, so they lie together. */
export interface MonthRows extends RowRange {
  /** As `2001-01`. */
  readonly month: string;
}

/**
 * Finds the rows of each month in the file, in order.
 *
 * Most row groups hold one month, as the footer tells; only of those that hold several are the dates read.
 * @throws {Error} When a row has no date or the months are not in order.
 */
export async function indexMonths(file: FlightFile): Promise<readonly MonthRows[]> {
  const index: MonthRows[] = [];
  for (const group of file.rowGroups) {
    for (const found of await monthsOfGroup(file, group)) {
      const last = index.at(-1);
      if (last?.month === found.month) {
        index[index.length - 1] = { ...last, rowEnd: found.rowEnd };
      } else if (last === undefined || last.month < found.month) {
        index.push(found);
      } else {
        throw new Error(
          `Cannot index ${file.path}: rows must be ordered by date, but row ${found.rowStart} of ${found.month} follows ${last.month}`,
        );
      }
    }
  }
  return index;
}

async function monthsOfGroup(file: FlightFile, { rowStart, rowEnd, dates }: RowGroup): Promise<MonthRows[]> {
  const only = dates && monthAt(dates.firstMs);
  if (only && dates.lastMs < only.endMs) return [{ month: only.name, rowStart, rowEnd }];

  const times = await file.readColumn("date", { rowStart, rowEnd });
  const found: MonthRows[] = [];
  let month: Month | undefined;
  let monthStart = rowStart;
  for (let row = rowStart; row < rowEnd; row += 1) {
    const timeMs = toNumber(times[row - rowStart]);
    if (month && timeMs >= month.startMs && timeMs < month.endMs) continue;
    if (month) found.push({ month: month.name, rowStart: monthStart, rowEnd: row });
    month = monthAt(timeMs);
    monthStart = row;
    if (!month) throw new Error(`Cannot index ${file.path}: row ${row} must have a date`);
  }
  if (month) found.push({ month: month.name, rowStart: monthStart, rowEnd });
  return found;
}
