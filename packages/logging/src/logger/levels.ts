/** The levels of `createLogger()`: those of npm, and `critical` above them, which is FATAL in OpenTelemetry. */
export const defaultLevels = {
  critical: 0,
  error: 1,
  warn: 2,
  info: 3,
  http: 4,
  verbose: 5,
  debug: 6,
  silly: 7,
} as const;
