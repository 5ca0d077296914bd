const units = ["KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/**
 * A size as people read it, in binary units: `512 B`, `1.5 KiB`, `230 MiB`, `1.2 GiB`.
 *
 * One decimal below 10, none above. Negative and non-finite values give `-`.
 * @param bytes Size in bytes.
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "-";
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
