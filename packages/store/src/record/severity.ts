/** The six levels of the OpenTelemetry log data model. */
export type LogLevel = "debug" | "error" | "fatal" | "info" | "trace" | "warn";

/** Every level, lowest first. */
export const logLevels: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** The level of an OTLP severity number, 1 to 24; `undefined` for any other. */
export function levelOf(severityNumber: number): LogLevel | undefined {
  return severityNumber < 1 ? undefined : logLevels[Math.floor((severityNumber - 1) / 4)];
}

/** The lowest OTLP severity number of a level. */
export function severityOf(level: LogLevel): number {
  return logLevels.indexOf(level) * 4 + 1;
}
