/**
 * A time as people read it where they are: `2026-11-22 15:25:01 +01:00`; `UTC` stands for an offset of zero.
 *
 * A time that is no date gives `-`.
 * @param unixMs Unix time in milliseconds.
 * @param precision `milliseconds` gives `15:25:01.042`. Default: seconds.
 */
export function formatTime(unixMs: number, precision: "milliseconds" | "seconds" = "seconds"): string {
  const time = new Date(unixMs);
  if (Number.isNaN(time.getTime())) return "-";
  const clock = precision === "seconds" ? localClock(time) : exactClock(time);
  return `${localDate(time)} ${clock} ${offset(-time.getTimezoneOffset())}`;
}

/**
 * The time of day with milliseconds, where the reader is: `15:25:01.042`.
 *
 * A time that is no date gives `-`.
 * @param unixMs Unix time in milliseconds.
 */
export function formatTimeOfDay(unixMs: number): string {
  const time = new Date(unixMs);
  return Number.isNaN(time.getTime()) ? "-" : exactClock(time);
}

function localDate(time: Date): string {
  return [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
}

function localClock(time: Date): string {
  return [two(time.getHours()), two(time.getMinutes()), two(time.getSeconds())].join(":");
}

function exactClock(time: Date): string {
  return `${localClock(time)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

function offset(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
