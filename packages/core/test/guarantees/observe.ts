/** A span as the guarantee table looks at it: the part of an SDK span that 2.x and 3.x share. */
export interface ObservableSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly duration: readonly [number, number];
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  spanContext(): { readonly spanId: string };
}

/** Spans as lines of the table: `kind name outcome`, `< parent`, `abandoned`. */
export function describeSpans(spans: readonly ObservableSpan[]): readonly string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name.split(" ")[1] ?? ""]));
  return spans.map((span) => {
    const parent = names.get(span.parentSpanContext?.spanId ?? "");
    const abandoned = span.attributes["runlight.operation.abandoned"] === true ? " abandoned" : "";
    return `${span.name} ${String(span.attributes["runlight.operation.outcome"])}${parent === undefined ? "" : ` < ${parent}`}${abandoned}`;
  });
}

/** Duration of the first span of that name, in milliseconds. */
export function durationMs(spans: readonly ObservableSpan[], name: string): number {
  const [seconds, nanoseconds] = spans.find((span) => span.name === name)?.duration ?? [0, 0];
  return seconds * 1000 + nanoseconds / 1e6;
}
