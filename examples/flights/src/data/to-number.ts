/** A value of a numeric column: parquet's 64-bit integers come as bigint. NaN for a missing one. */
export function toNumber(value: unknown): number {
  return typeof value === "bigint" || typeof value === "number" ? Number(value) : Number.NaN;
}
