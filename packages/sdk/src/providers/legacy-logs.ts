import { logs as api } from "@opentelemetry/api";
import { logs as legacyApi } from "@opentelemetry/api-logs";

/**
 * Makes records of libraries that still use `@opentelemetry/api-logs` arrive: that package keeps its provider under
 * another global name than OpenTelemetry 3, so its records would go nowhere, without a word. A provider that somebody
 * registered there before stays.
 */
export function bridgeLegacyLogs(): void {
  legacyApi.setGlobalLoggerProvider(api.getLoggerProvider());
}
