/** Severity numbers of the OpenTelemetry log data model, by the text of the severity. */
export const severityNumbers = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 } as const;
