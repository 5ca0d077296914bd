import { context, propagation, trace } from "@opentelemetry/api";
import type { ObservableSpan } from "../guarantees/observe.ts";

/** What the guarantee table is proved beside: a stock SDK 3.x, a stock SDK 2.x with API 1.9, or none. */
export type Environment = "none" | "sdk-2" | "sdk-3";

/** The part of SDK 2.x that is used here; its package is only where this program is copied to. */
interface Sdk2 {
  readonly NodeTracerProvider: new (options: { spanProcessors: readonly object[] }) => { register(): void };
  readonly SimpleSpanProcessor: new (exporter: object) => object;
}

/** Registers the SDK of an environment in this process or thread; each span that ends is given to `ended` before `end()` returns. */
export async function registerSdk(environment: Environment, ended: (span: ObservableSpan) => void): Promise<void> {
  const exporter = {
    export(spans: readonly ObservableSpan[], done: (result: { code: number }) => void): void {
      for (const span of spans) ended(span);
      done({ code: 0 });
    },
    async shutdown(): Promise<void> {},
  };
  switch (environment) {
    case "none":
      return;
    case "sdk-2": {
      const name: string = "@opentelemetry/sdk-trace-node";
      const { NodeTracerProvider, SimpleSpanProcessor } = (await import(name)) as Sdk2;
      new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
      return;
    }
    case "sdk-3": {
      // Where the others are, these are not.
      const [{ AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, sdk] = await Promise.all([
        import("@opentelemetry/context-async-hooks"),
        import("@opentelemetry/core"),
        import("@opentelemetry/sdk-trace"),
      ]);
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      propagation.setGlobalPropagator(new W3CTraceContextPropagator());
      trace.setGlobalTracerProvider(
        new sdk.TracerProvider({ spanProcessors: [new sdk.SimpleSpanProcessor({ exporter })] }),
      );
    }
  }
}
