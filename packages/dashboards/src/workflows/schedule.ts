import { Cron } from "croner";

const unitSeconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
const consideredRuns = 400;

/**
 * The longest pause between two runs of a cron pattern, in seconds, over its next 400 runs.
 *
 * @throws SyntaxError when the pattern or the time zone cannot be read, RangeError when it comes due less than twice.
 */
export function longestPauseSeconds(workflow: string, schedule: string, timeZone?: string): number {
  let due: readonly Date[];
  try {
    due = new Cron(schedule, { paused: true, ...(timeZone === undefined ? {} : { timezone: timeZone }) }).nextRuns(
      consideredRuns,
    );
  } catch (error) {
    throw new SyntaxError(
      `Cannot make rules of workflow ${workflow}: schedule must be a cron pattern of five or six fields in a known time zone, current value is ${JSON.stringify(schedule)}${timeZone === undefined ? "" : ` in ${timeZone}`} (${(error as Error).message})`,
      { cause: error },
    );
  }
  if (due.length < 2) {
    throw new RangeError(
      `Cannot make rules of workflow ${workflow}: schedule must come due again and again, current value is ${JSON.stringify(schedule)}`,
    );
  }
  return Math.max(...due.slice(1).map((date, index) => (date.getTime() - (due[index]?.getTime() ?? 0)) / 1000));
}

/**
 * Seconds of a duration as Prometheus writes it: `90m`, `1d12h`.
 *
 * @throws SyntaxError when it is none.
 */
export function durationSeconds(workflow: string, property: string, text: string): number {
  const parts = [...text.matchAll(/(\d+)([wdhms])/gu)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? ""] ?? 0), 0);
  if (parts.map(([whole]) => whole).join("") !== text || seconds === 0) {
    throw new SyntaxError(
      `Cannot make rules of workflow ${workflow}: ${property} must be a duration as 90m or 1d12h, current value is ${JSON.stringify(text)}`,
    );
  }
  return seconds;
}
