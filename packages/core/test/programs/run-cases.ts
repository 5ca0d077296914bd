// Runs the guarantee table in a process of its own, beside the SDK named on the command line, and prints one JSON line a case.
import { cases } from "../guarantees/cases.ts";
import { describeSpans } from "../guarantees/observe.ts";
import type { ObservableSpan } from "../guarantees/observe.ts";

/** The part of SDK 2.x that is used here; its package is only where this program is copied to. */
interface Sdk2 {
  readonly NodeTracerProvider: new (options: { spanProcessors: readonly object[] }) => { register(): void };
  readonly SimpleSpanProcessor: new (exporter: object) => object;
}

const [environment] = process.argv.slice(2);
const finished: ObservableSpan[] = [];
if (environment === "sdk-2") {
  const name: string = "@opentelemetry/sdk-trace-node";
  const { NodeTracerProvider, SimpleSpanProcessor } = (await import(name)) as Sdk2;
  const exporter = {
    export(spans: readonly ObservableSpan[], done: (result: { code: number }) => void): void {
      finished.push(...spans);
      done({ code: 0 });
    },
    async shutdown(): Promise<void> {},
  };
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
}
for (const { row, work } of cases) {
  finished.length = 0;
  let trouble: string | undefined;
  try {
    await work();
  } catch (error) {
    trouble = String(error);
  }
  await new Promise((resolve) => setImmediate(resolve));
  console.log(JSON.stringify({ row, trouble, spans: describeSpans(finished) }));
}
