import { zstdDecompressSync } from "node:zlib";
import { asyncBufferFromFile, type FileMetaData, type ParquetScan, parquetScan } from "hyparquet";
import { monthAt, wholeMonths } from "./month.ts";

/** A parquet file of flights, opened: its footer is read, its rows are not. */
export interface FlightFile {
  readonly path: string;
  readonly rowCount: number;
  /** Months that the file covers from the first day to the last, in order, as `2001-01`. */
  readonly months: readonly string[];
  readonly rowGroups: readonly RowGroup[];
  /** Reads one column of rows that lie within one row group. */
  readColumn(column: ColumnName, rows: RowRange): Promise<ArrayLike<unknown>>;
}

/** Rows of the file, counted from 0. */
export interface RowRange {
  readonly rowStart: number;
  /** Exclusive. */
  readonly rowEnd: number;
}

/** Rows that parquet keeps together. */
export interface RowGroup extends RowRange {
  /** Earliest and latest departure, in Unix milliseconds; `undefined` where the footer does not tell. */
  readonly dates: { readonly firstMs: number; readonly lastMs: number } | undefined;
}

const columns = ["date", "delay", "distance", "origin"] as const;

/** A column that the workflow reads. */
export type ColumnName = (typeof columns)[number];

/**
 * Opens a file of flights: columns `date`, `delay`, `distance` and `origin`, rows ordered by date.
 *
 * @throws {Error} When the file cannot be read, is no parquet, has no rows or lacks a column.
 */
export async function openFlightFile(path: string): Promise<FlightFile> {
  const scan = await openScan(path);
  const { metadata, ranges } = scan;
  const present = new Set(metadata.schema.map((element) => element.name));
  const missing = columns.filter((column) => !present.has(column));
  if (missing.length > 0) {
    throw new Error(
      `Cannot read flights: ${path} must have the columns ${columns.join(", ")}, missing: ${missing.join(", ")}`,
    );
  }
  const rowGroups = ranges.map((range, index) => ({ ...range, dates: datesOf(metadata, index) }));
  const firstMs = rowGroups[0]?.dates?.firstMs;
  const lastMs = rowGroups.at(-1)?.dates?.lastMs;
  if (firstMs === undefined || lastMs === undefined) {
    throw new Error(
      `Cannot read flights: ${path} must have rows with date statistics, it has ${metadata.num_rows} rows`,
    );
  }
  return {
    path,
    rowCount: Number(metadata.num_rows),
    months: wholeMonths(firstMs, lastMs).map((month) => month.name),
    rowGroups,
    readColumn: (column, { rowStart, rowEnd }) => scan.readColumn({ column, rowStart, rowEnd }),
  };
}

async function openScan(path: string): Promise<ParquetScan> {
  try {
    return await parquetScan({
      file: await asyncBufferFromFile(path),
      compressors: { ZSTD: (input) => zstdDecompressSync(input) },
      // A date as a number: half a million Date objects a month would be made only to be read once.
      parsers: { timestampFromMicroseconds: (micros) => Number(micros) / 1000 },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read flights: ${path} must be a readable parquet file (${reason})`, { cause: error });
  }
}

function datesOf(metadata: FileMetaData, rowGroup: number): RowGroup["dates"] {
  const chunks = metadata.row_groups[rowGroup]?.columns.map((chunk) => chunk.meta_data);
  const statistics = chunks?.find((chunk) => chunk?.path_in_schema[0] === "date")?.statistics;
  const firstMs = Number(statistics?.min_value ?? Number.NaN);
  const lastMs = Number(statistics?.max_value ?? Number.NaN);
  const complete = monthAt(firstMs) && monthAt(lastMs) && !statistics?.null_count;
  return complete ? { firstMs, lastMs } : undefined;
}
