import { DiagLogLevel } from "@opentelemetry/api";
import type { Rule } from "./rule.ts";

const levels: ReadonlyMap<string, DiagLogLevel> = new Map([
  ["none", DiagLogLevel.NONE],
  ["error", DiagLogLevel.ERROR],
  ["warn", DiagLogLevel.WARN],
  ["info", DiagLogLevel.INFO],
  ["debug", DiagLogLevel.DEBUG],
  ["verbose", DiagLogLevel.VERBOSE],
  ["all", DiagLogLevel.ALL],
]);

/** Level of OpenTelemetry's own diagnostics, as `OTEL_LOG_LEVEL` names it. */
export const diagnosticLevel: Rule<DiagLogLevel> = {
  text: `one of ${[...levels.keys()].join(", ")}`,
  accept: (value) => (typeof value === "string" ? levels.get(value.toLowerCase()) : undefined),
  parse: (text) => levels.get(text.toLowerCase()),
};

/** The same as the severity that a configuration file names (`info`, `warn2`, `fatal`). */
export const diagnosticSeverity: Rule<DiagLogLevel> = {
  text: "a severity of OpenTelemetry's schema (trace, debug, info, warn, error, fatal; a digit 2 to 4 may follow)",
  accept: (value) => (typeof value === "string" ? levels.get(levelOfSeverity(value)) : undefined),
  parse: (text) => levels.get(levelOfSeverity(text)),
};

function levelOfSeverity(severity: string): string {
  const name = severity.replace(/[2-4]$/, "");
  if (name === "trace") return "verbose";
  return name === "fatal" ? "error" : name;
}
