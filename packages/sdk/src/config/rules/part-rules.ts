import type { TextMapPropagator } from "@opentelemetry/api";
import type { Instrumentation } from "@opentelemetry/instrumentation";
import type { LogRecordProcessor } from "@opentelemetry/sdk-logs";
import type { MetricReader, ViewOptions } from "@opentelemetry/sdk-metrics";
import type { Sampler, SpanProcessor } from "@opentelemetry/sdk-trace";
import { stockMetrics } from "../../providers/stock-packages.ts";
import type { ResourceValue } from "../setting-values.ts";
import type { Rule } from "./rule.ts";

/** The user's own sampler. */
export const sampler: Rule<Sampler> = objectWith<Sampler>("a Sampler", "shouldSample", "toString");
/** The user's own propagator. */
export const propagator: Rule<TextMapPropagator> = objectWith<TextMapPropagator>(
  "a TextMapPropagator",
  "inject",
  "extract",
  "fields",
);
/** One instrumentation. */
export const instrumentation: Rule<Instrumentation> = objectWith<Instrumentation>(
  "an Instrumentation",
  "enable",
  "disable",
  "setTracerProvider",
  "setMeterProvider",
);
/** One span processor. */
export const spanProcessor: Rule<SpanProcessor> = objectWith<SpanProcessor>(
  "a SpanProcessor",
  "onStart",
  "onEnd",
  "forceFlush",
  "shutdown",
);
/** One log record processor. */
export const logRecordProcessor: Rule<LogRecordProcessor> = objectWith<LogRecordProcessor>(
  "a LogRecordProcessor",
  "onEmit",
  "forceFlush",
  "shutdown",
);
/** One metric reader. */
export const metricReader: Rule<MetricReader> = objectWith<MetricReader>(
  "a MetricReader",
  "setMetricProducer",
  "collect",
  "forceFlush",
  "shutdown",
);

/** A function of the user's. */
export const callback: Rule<(...args: never[]) => unknown> = {
  text: "a function",
  accept: (value) => (typeof value === "function" ? (value as (...args: never[]) => unknown) : undefined),
  parse: () => undefined,
};

/** One view; accepted where the metrics SDK accepts it. */
export const view: Rule<ViewOptions> = {
  text: "a view that the metrics SDK accepts",
  accept: (value) => (isObject(value) && isAcceptedView(value) ? value : undefined),
  parse: () => undefined,
};

/** Value of a resource attribute. */
export const attributeValue: Rule<ResourceValue> = {
  text: "a string, a finite number, a boolean or a list of one of these",
  accept: (value) => (isAttributeValue(value) ? value : undefined),
  parse: (text) => text,
};

function objectWith<T>(what: string, ...methods: readonly (keyof T & string)[]): Rule<T> {
  const text = `${what} (an object with ${methods.map((method) => `${method}()`).join(", ")})`;
  const isWhole = (value: unknown): value is T =>
    isObject(value) && methods.every((method) => typeof Reflect.get(value, method) === "function");
  return { text, accept: (value) => (isWhole(value) ? value : undefined), parse: () => undefined };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAcceptedView(options: ViewOptions): boolean {
  try {
    // The SDK keeps its View class to itself; a provider judges the options when it is made, and holds nothing that must be ended.
    const { MeterProvider } = stockMetrics();
    return new MeterProvider({ views: [options] }) instanceof MeterProvider;
  } catch {
    return false;
  }
}

function isAttributeValue(value: unknown): value is ResourceValue {
  if (!Array.isArray(value)) return isScalar(value);
  return value.every((part) => isScalar(part) && typeof part === typeof value[0]);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}
