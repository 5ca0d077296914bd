import type {
  LoggerProvider as LoggerProviderApi,
  MeterProvider as MeterProviderApi,
  TracerProvider as TracerProviderApi,
} from "@opentelemetry/api";
import type { LoggerProvider } from "@opentelemetry/sdk-logs";
import type { MeterProvider } from "@opentelemetry/sdk-metrics";
import type { TracerProvider } from "@opentelemetry/sdk-trace";

/** A provider that can be flushed and ended, as those of the stock SDK can, without being made for it. */
interface Ending {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Something that is made when it is first asked for. */
export interface Lazy<T> {
  get(): T;
  /** `undefined` while nobody has asked. */
  readonly made: T | undefined;
}

/** Makes it once, when it is first asked for. */
export function lazy<T>(make: () => T): Lazy<T> {
  let made: T | undefined;
  return {
    get: () => (made ??= make()),
    get made() {
      return made;
    },
  };
}

/** The tracer provider of the API: the stock one is made when somebody asks for a tracer. */
export function lazyTracerProvider(provider: Lazy<TracerProvider>): Ending & TracerProviderApi {
  return { getTracer: (...of) => provider.get().getTracer(...of), ...endingOf(provider) };
}

/** The meter provider of the API: the stock one is made when somebody asks for a meter. */
export function lazyMeterProvider(provider: Lazy<MeterProvider>): Ending & MeterProviderApi {
  return { getMeter: (...of) => provider.get().getMeter(...of), ...endingOf(provider) };
}

/** The logger provider of the API: the stock one is made when somebody asks for a logger. */
export function lazyLoggerProvider(provider: Lazy<LoggerProvider>): Ending & LoggerProviderApi {
  return { getLogger: (...of) => provider.get().getLogger(...of), ...endingOf(provider) };
}

function endingOf(provider: Lazy<Ending>): Ending {
  return {
    forceFlush: async () => provider.made?.forceFlush(),
    shutdown: async () => provider.made?.shutdown(),
  };
}
