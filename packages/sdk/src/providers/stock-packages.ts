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

/** `@opentelemetry/sdk-trace`, loaded at the first call. */
export const stockTraces = (): typeof SdkTrace => require("@opentelemetry/sdk-trace") as typeof SdkTrace;

/** `@opentelemetry/sdk-metrics`, loaded at the first call. */
export const stockMetrics = (): typeof SdkMetrics => require("@opentelemetry/sdk-metrics") as typeof SdkMetrics;

/** `@opentelemetry/sdk-logs`, loaded at the first call. */
export const stockLogs = (): typeof SdkLogs => require("@opentelemetry/sdk-logs") as typeof SdkLogs;

/** `@opentelemetry/resources`, loaded at the first call. */
export const stockResources = (): typeof Resources => require("@opentelemetry/resources") as typeof Resources;

/** `@opentelemetry/otlp-transformer`, loaded at the first call. */
export const stockSerializers = (): typeof OtlpTransformer =>
  require("@opentelemetry/otlp-transformer") as typeof OtlpTransformer;
