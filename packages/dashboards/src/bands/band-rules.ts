import type { RecordingRule } from "../rules/rule.ts";
import { continuousSignals, recorded } from "./signals.ts";

/** Three hours around the same time of another day, by the offset to their end. Prometheus keeps two weeks. */
const pastDays = [
  { day: "yesterday", offset: "22h30m" },
  { day: "last week", offset: "6d22h30m" },
] as const;

/** How far from the mean is usual: three standard deviations, three tenths of the mean and the signal's own floor. */
const deviations = 3;
const share = 0.3;

/**
 * Each signal and its band. A value is within it when it is as yesterday or as a week ago at this time: what differs at week-ends or by day and
 * night is not unusual. Without a week of history there is no band.
 */
export const bandRules: readonly RecordingRule[] = [
  ...continuousSignals.flatMap(({ name, expression, floor }) => {
    const bounds = pastDays.flatMap(({ day, offset }) => {
      const past = `${recorded.value}{signal="${name}"}[3h] offset ${offset}`;
      const margin = `${deviations} * stddev_over_time(${past}) + ${share} * avg_over_time(${past}) + ${floor}`;
      const labels = { signal: name, day };
      return [
        { record: recorded.upperByDay, expr: `avg_over_time(${past})\n  + (${margin})`, labels },
        { record: recorded.lowerByDay, expr: `avg_over_time(${past})\n  - (${margin})`, labels },
      ];
    });
    return [{ record: recorded.value, expr: expression, labels: { signal: name } }, ...bounds];
  }),
  { record: recorded.upper, expr: overDays("max", recorded.upperByDay), labels: {} },
  { record: recorded.lower, expr: overDays("min", recorded.lowerByDay), labels: {} },
];

/** The extreme of all days, where each of them is there. */
function overDays(extreme: "max" | "min", bound: string): string {
  return `${extreme} without (day) (${bound})\nand count without (day) (${bound}) == ${pastDays.length}`;
}
