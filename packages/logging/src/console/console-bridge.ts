import { format, stripVTControlCharacters } from "node:util";
import { context, createContextKey } from "@opentelemetry/api";
import { ATTR_LOG_IOSTREAM } from "@runlight/conventions/names";
import { boundedText } from "../record/bounded-value.ts";
import { currentMoment, emitRecord } from "../record/emit-record.ts";
import { findError } from "../record/logged-error.ts";

/** A console whose calls are records, too. */
export interface ConsoleBridge {
  /** Gives the console back as it was, when the last bridge stops. */
  stop(): void;
}

/** The bridged methods with severity and stream. `console.trace`, `table`, `group` and `assert` print through these. */
const methods = {
  debug: { severity: { number: 5, text: "debug" }, stream: "stdout" },
  log: { severity: { number: 9, text: "info" }, stream: "stdout" },
  info: { severity: { number: 9, text: "info" }, stream: "stdout" },
  warn: { severity: { number: 13, text: "warn" }, stream: "stderr" },
  error: { severity: { number: 17, text: "error" }, stream: "stderr" },
} as const;

type MethodName = keyof typeof methods;

const scopeName = "console";
const maxBodyLength = 65_536;

let bridges = 0;
let isInside = false;
let restore = (): void => undefined;

/**
 * Turns `console.log`, `info`, `warn`, `error` and `debug` into log records as well; they print exactly as before, first.
 * What telemetry prints itself, while it writes or exports, is no record.
 */
export function startConsoleBridge(): ConsoleBridge {
  if (bridges === 0) restore = bridgeConsole();
  bridges += 1;
  let stopped = false;
  return {
    stop() {
      if (stopped) return;
      stopped = true;
      bridges -= 1;
      if (bridges === 0) restore();
    },
  };
}

function bridgeConsole(): () => void {
  const restores = (Object.keys(methods) as MethodName[]).map(bridgeMethod);
  return () => {
    for (const undo of restores) undo();
  };
}

function bridgeMethod(name: MethodName): () => void {
  const original = globalThis.console[name];
  const bridged = (...args: unknown[]): void => {
    original.apply(globalThis.console, args);
    if (bridges > 0) recordCall(name, args);
  };
  globalThis.console[name] = bridged;
  return () => {
    // Somebody may have wrapped the method after us; then ours stays below theirs and only prints.
    if (globalThis.console[name] === bridged) globalThis.console[name] = original;
  };
}

function recordCall(name: MethodName, args: readonly unknown[]): void {
  if (isInside || isSuppressed()) return;
  isInside = true;
  try {
    const { severity, stream } = methods[name];
    emitRecord(scopeName, severity, currentMoment(), () => ({
      body: boundedText(stripVTControlCharacters(format(...args)), maxBodyLength),
      attributes: { [ATTR_LOG_IOSTREAM]: stream, ...findError({}, args)?.attributes },
    }));
  } finally {
    isInside = false;
  }
}

/** Set by the SDK around every export; a record of what an exporter prints would be exported in turn, without end. */
const suppressionKey = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

function isSuppressed(): boolean {
  return context.active().getValue(suppressionKey) === true;
}
