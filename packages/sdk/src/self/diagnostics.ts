import { DiagLogLevel, diag } from "@opentelemetry/api";
import type { DiagLogger } from "@opentelemetry/api";
import { isApiRegistered } from "@runlight/core";
import { messageOf } from "./trouble.ts";
import type { Trouble } from "./trouble.ts";

/**
 * Tells the warnings and errors of OpenTelemetry itself as troubles, and more where `OTEL_LOG_LEVEL` asks for it. A
 * diagnostics logger that somebody else has registered stays.
 *
 * @param level default: warnings
 * @returns true when ours is registered
 */
export function registerDiagnostics(trouble: Trouble, level: DiagLogLevel = DiagLogLevel.WARN): boolean {
  if (isApiRegistered("diag")) return false;
  return diag.setLogger(createDiagnosticsLogger(trouble), { logLevel: level, suppressOverrideMessage: true });
}

/** A diagnostics logger on top of troubles: warnings and errors once for each kind, the rest each time. */
export function createDiagnosticsLogger(trouble: Trouble): DiagLogger {
  const once = (message: string, ...details: unknown[]): void => {
    if (!isOurBusiness(message)) trouble.tell(kindOf(message), textOf(message, details));
  };
  const always = (message: string, ...details: unknown[]): void => trouble.note(textOf(message, details));
  return { error: once, warn: once, info: always, debug: always, verbose: always };
}

/** Which package is behind the host metrics is decided in docs/decisions/0003-host-metrics.md; whoever runs a job cannot change it. */
function isOurBusiness(message: string): boolean {
  return message.startsWith("@opentelemetry/host-metrics is deprecated");
}

/** Messages of one kind differ in ids, numbers and quoted names. */
function kindOf(message: string): string {
  return message
    .slice(0, 200)
    .replaceAll(/"[^"]*"|'[^']*'|[0-9a-f]{8,}|\d+/gi, "#")
    .slice(0, 80);
}

/** Errors come with stacks, or as JSON from the SDK's error handler; on a terminal their message says it. */
function textOf(message: string, details: readonly unknown[]): string {
  const json = /^\{.*"message":("(?:[^"\\]|\\.)*")/s.exec(message)?.[1];
  const text = [json === undefined ? message : String(JSON.parse(json)), ...details.map(messageOf)].join(" ");
  return text.split("\n", 1)[0] ?? text;
}
