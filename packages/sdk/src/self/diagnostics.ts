import { DiagLogLevel, diag } from "@opentelemetry/api";
import type { DiagLogger } from "@opentelemetry/api";
import { messageOf } from "./trouble.ts";
import type { Trouble } from "./trouble.ts";

/**
 * Tells the warnings and errors of OpenTelemetry itself as troubles. A diagnostics logger that somebody else has
 * registered stays.
 *
 * @returns true when ours is registered
 */
export function registerDiagnostics(trouble: Trouble): boolean {
  if (isRegistered("diag")) return false;
  return diag.setLogger(createDiagnosticsLogger(trouble), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

/** A diagnostics logger on top of troubles. */
export function createDiagnosticsLogger(trouble: Trouble): DiagLogger {
  const tell = (message: string, ...details: unknown[]): void => {
    const text = [message, ...details.map(messageOf)].join(" ");
    trouble.tell(kindOf(message), firstLine(text));
  };
  const silent = (): void => {};
  return { error: tell, warn: tell, info: silent, debug: silent, verbose: silent };
}

/** True when the OpenTelemetry API has a global of this type. The API has no question for it that does not also log. */
export function isRegistered(type: "context" | "diag" | "logs" | "metrics" | "propagation" | "trace"): boolean {
  const api = (globalThis as { [key: symbol]: Record<string, unknown> | undefined })[Symbol.for("opentelemetry.js.api.1")];
  return api?.[type] !== undefined;
}

/** Messages of one kind differ in ids, numbers and quoted names. */
function kindOf(message: string): string {
  return message
    .slice(0, 200)
    .replaceAll(/"[^"]*"|'[^']*'|[0-9a-f]{8,}|\d+/gi, "#")
    .slice(0, 80);
}

/** Errors come with stacks; on a terminal their first line says it. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
