import { formatCount, formatDuration, formatShare } from "@runlight/core";
import type { Eta, LiveOperation, ProgressReport } from "@runlight/store";
import { printableLine } from "../../output/printable.ts";

/** Kind, name and subject on one line: `stage load 2001-01`. */
export function labelOf({ kind, name, subject }: Pick<LiveOperation, "kind" | "name" | "subject">): string {
  return printableLine([kind, name, subject].filter((part) => part !== undefined).join(" "));
}

/** How far: `1,978,941 of 3,000,000 rows`. */
export function amountOf({ done, total, unit }: Omit<ProgressReport, "atMs">): string {
  const count = total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return unit === undefined ? count : `${count} ${printableLine(pluralOf(total ?? done, unit))}`;
}

/** A count with what is counted, in the singular: `1 stage`, `2 stages`. */
export function countOf(count: number, unit: string): string {
  return `${formatCount(count)} ${printableLine(pluralOf(count, unit))}`;
}

/** Part done, 0 to 1; `undefined` where no total is known. */
export function shareOf(report: Omit<ProgressReport, "atMs"> | undefined): number | undefined {
  const { done, total } = report ?? {};
  return done === undefined || total === undefined || !(total > 0) ? undefined : Math.min(1, Math.max(0, done / total));
}

/** A share as text between brackets: ` (61%)`. */
export function percentOf(share: number | undefined): string {
  return share === undefined ? "" : ` (${formatShare(share)})`;
}

/** What is left: `12.0 s to 25.0 s`, `3 min 05 s`, `up to 4.0 s`, `less than 1 s`. */
export function leftOf({ lowSeconds, highSeconds }: Eta): string {
  if (highSeconds < 1) return "less than 1 s";
  const [low, high] = [formatDuration(lowSeconds), formatDuration(highSeconds)];
  if (low === high) return high;
  return lowSeconds < 1 ? `up to ${high}` : `${low} to ${high}`;
}

// A unit that does not end in a small letter, or ends in s, stays as it is.
function pluralOf(count: number, unit: string): string {
  return count !== 1 && /[a-rt-z]$/u.test(unit) ? `${unit}s` : unit;
}
