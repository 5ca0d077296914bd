// Queues a pipeline within a run and takes it elsewhere, beside the SDK that is installed; prints its spans.
import { ROOT_CONTEXT, context } from "@opentelemetry/api";
import { pipeline, workflow } from "@runlight/core";

interface SpanFacts {
  readonly name: string;
  readonly kind: number;
  readonly links: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
  readonly parentSpanContext?: { readonly spanId: string };
  spanContext(): { readonly spanId: string };
}

interface Sdk2 {
  readonly NodeTracerProvider: new (options: { spanProcessors: readonly object[] }) => { register(): void };
  readonly InMemorySpanExporter: new () => { getFinishedSpans(): readonly SpanFacts[] };
  readonly SimpleSpanProcessor: new (exporter: object) => object;
}

const unregistered = pipeline.queue("paint");
const [attempt, waited] = pipeline.take(unregistered.carrier, (_operation, taken) => [
  taken.attempt,
  taken.queueSeconds,
]);

const name: string = "@opentelemetry/sdk-trace-node";
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = (await import(name)) as Sdk2;
const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const { carrier } = workflow("gallery", () => pipeline.queue("paint"));
context.with(ROOT_CONTEXT, () => pipeline.take(JSON.parse(JSON.stringify(carrier)), () => undefined));

const spans = exporter.getFinishedSpans();
const nameOf = (id: string | undefined): string => spans.find((span) => span.spanContext().spanId === id)?.name ?? "";
console.log(
  JSON.stringify({
    unregistered: [attempt, typeof waited],
    spans: spans.map(({ name: spanName, kind, parentSpanContext, links }) => ({
      name: spanName,
      kind,
      parent: nameOf(parentSpanContext?.spanId),
      links: links.map(({ attributes }) => attributes?.["runlight.link.kind"]),
    })),
  }),
);
