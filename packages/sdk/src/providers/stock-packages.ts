import { createRequire } from "node:module";
import type * as OtlpTransformer from "@opentelemetry/otlp-transformer";
import type * as Resources from "@opentelemetry/resources";
import type * as SdkLogs from "@opentelemetry/sdk-logs";
import type * as SdkMetrics from "@opentelemetry/sdk-metrics";
import type * as SdkTrace from "@opentelemetry/sdk-trace";

/*
 * The stock SDK is loaded when somebody asks for it: operations take the fast lane, and loading all of it costs more than the rest of
 * a start. Whoever asks does so in a synchronous call, `getTracer()` or `getMeter()`, so it cannot be imported then.
 */

const require = createRequire(import.meta.url);

/** Asked again, `require` looks through directories wherever an instrumentation watches what is loaded: a hundred times what a span costs. */
function loaded<T>(name: string): () => T {
  let known: T | undefined;
  return () => (known ??= require(name) as T);
}

/** `@opentelemetry/sdk-trace`, loaded at the first call. */
export const stockTraces: () => typeof SdkTrace = loaded("@opentelemetry/sdk-trace");

/** `@opentelemetry/sdk-metrics`, loaded at the first call. */
export const stockMetrics: () => typeof SdkMetrics = loaded("@opentelemetry/sdk-metrics");

/** `@opentelemetry/sdk-logs`, loaded at the first call. */
export const stockLogs: () => typeof SdkLogs = loaded("@opentelemetry/sdk-logs");

/** `@opentelemetry/resources`, loaded at the first call. */
export const stockResources: () => typeof Resources = loaded("@opentelemetry/resources");

/** `@opentelemetry/otlp-transformer`, loaded at the first call. */
export const stockSerializers: () => typeof OtlpTransformer = loaded("@opentelemetry/otlp-transformer");
