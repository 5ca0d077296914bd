import { createRequire } from "node:module";
import { join } from "node:path";
import { logs as api } from "@opentelemetry/api";
import type { LoggerProvider } from "@opentelemetry/api";
import type * as ApiLogs from "@opentelemetry/api-logs";

const require = createRequire(import.meta.url);

/** Where all versions of `@opentelemetry/api-logs` look for the provider. */
const key = Symbol.for("io.opentelemetry.js.api.logs");

/**
 * Makes records of libraries that still use `@opentelemetry/api-logs` arrive: that package keeps its provider under
 * another global name than OpenTelemetry 3, so its records would go nowhere, without a word. A provider that somebody
 * registered there before stays. The package is loaded when a library has loaded it, or when the first one asks for the provider.
 */
export function bridgeLegacyLogs(): void {
  const provider = api.getLoggerProvider();
  // Loggers that libraries asked for before are told only by the package itself.
  if (isLoaded()) register(provider);
  else if (!(key in globalThis))
    Object.defineProperty(globalThis, key, { configurable: true, get: () => registered(provider) });
}

function isLoaded(): boolean {
  const part = join("@opentelemetry", "api-logs");
  return Object.keys(require.cache).some((path) => path.includes(part));
}

function registered(provider: LoggerProvider): unknown {
  Reflect.deleteProperty(globalThis, key);
  register(provider);
  return Reflect.get(globalThis, key);
}

function register(provider: LoggerProvider): void {
  const { logs } = require("@opentelemetry/api-logs") as typeof ApiLogs;
  logs.setGlobalLoggerProvider(provider);
}
