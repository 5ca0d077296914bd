import { SpanKind } from "@opentelemetry/api";

/** A span as the guarantee table looks at it: the part of an SDK span that 2.x and 3.x share. */
export interface ObservableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly duration: readonly [number, number];
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  spanContext(): { readonly spanId: string };
}

/** The same as plain data, to go between threads and processes. */
export interface PlainSpan extends Omit<ObservableSpan, "spanContext"> {
  readonly spanId: string;
}

/** Takes a span apart. */
export function toPlain(span: ObservableSpan): PlainSpan {
  const { name, kind, attributes, duration, parentSpanContext } = span;
  const parent = parentSpanContext === undefined ? {} : { parentSpanContext: { spanId: parentSpanContext.spanId } };
  return { name, kind, attributes, duration, ...parent, spanId: span.spanContext().spanId };
}

/** Puts it together again. */
export function fromPlain({ spanId, ...span }: PlainSpan): ObservableSpan {
  return { ...span, spanContext: () => ({ spanId }) };
}

/**
 * Spans as lines of the table: `kind name outcome`, `< parent`, `abandoned`. Of one that is no operation the kind of span and its name,
 * in brackets.
 */
export function describeSpans(spans: readonly ObservableSpan[]): readonly string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, nameOf(span)]));
  return spans.map((span) => {
    const parent = names.get(span.parentSpanContext?.spanId ?? "");
    const abandoned = span.attributes["runlight.operation.abandoned"] === true ? " abandoned" : "";
    const outcome = outcomeOf(span);
    const what = outcome === undefined ? nameOf(span) : `${span.name} ${outcome}`;
    return `${what}${parent === undefined ? "" : ` < ${parent}`}${abandoned}`;
  });
}

function nameOf(span: ObservableSpan): string {
  if (outcomeOf(span) !== undefined) return span.name.split(" ")[1] ?? "";
  return `[${SpanKind[span.kind].toLowerCase()} ${span.name}]`;
}

function outcomeOf({ attributes }: ObservableSpan): string | undefined {
  const outcome = attributes["runlight.operation.outcome"];
  return typeof outcome === "string" ? outcome : undefined;
}

/** Duration of the first span of that name, in milliseconds. */
export function durationMs(spans: readonly ObservableSpan[], name: string): number {
  const [seconds, nanoseconds] = spans.find((span) => span.name === name)?.duration ?? [0, 0];
  return seconds * 1000 + nanoseconds / 1e6;
}
