/** Severity numbers of the log data model for the level names of npm, syslog, Python, log4j and the like. */
const numbers: Readonly<Record<string, number>> = {
  emerg: 23,
  emergency: 23,
  alert: 22,
  crit: 21,
  critical: 21,
  fatal: 21,
  error: 17,
  err: 17,
  warn: 13,
  warning: 13,
  notice: 10,
  info: 9,
  http: 6,
  verbose: 5,
  debug: 5,
  trace: 1,
  silly: 1,
};

/** The levels of a winston logger: name to rank, the most urgent lowest. */
export type Levels = Readonly<Record<string, number>>;

/**
 * The severity number, 1 to 24, of a level (OpenTelemetry log data model, "Field: SeverityNumber"). A name nobody knows is taken for the
 * next less urgent level of the same logger whose name is known, so that it raises no false alarm; else for the next more urgent; else for INFO.
 */
export function severityNumber(level: string, levels: Levels): number {
  const known = numbers[level.toLowerCase()];
  if (known !== undefined) return known;
  const rank = levels[level];
  if (rank === undefined) return 9;
  const ranked = Object.entries(levels)
    .filter(([name]) => numbers[name.toLowerCase()] !== undefined)
    .sort(([, first], [, second]) => first - second);
  const neighbour = ranked.find(([, other]) => other > rank) ?? ranked.at(-1);
  return numbers[neighbour?.[0].toLowerCase() ?? ""] ?? 9;
}
