import { ask } from "./ask.ts";

/** A span as Tempo gives it back. */
export interface TempoSpan {
  readonly name: string;
  /** Hexadecimal, as everywhere else. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly traceId: string;
  readonly kind: string;
  readonly status: "error" | "ok" | "unset";
  readonly startTimeUnixNano: string;
  readonly service: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
}

type KeyValues = readonly { readonly key: string; readonly value: AnyValue }[];

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: string;
  readonly startTimeUnixNano: string;
  readonly attributes?: KeyValues;
  readonly status?: { readonly code?: string };
}

interface TraceAnswer {
  readonly trace?: {
    readonly resourceSpans?: readonly {
      readonly resource: { readonly attributes: KeyValues };
      readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
    }[];
  };
}

const statuses = { STATUS_CODE_ERROR: "error", STATUS_CODE_OK: "ok" } as const;

/** Gives every span of a trace, none when Tempo does not have it. */
export async function readTrace(tempo: string, traceId: string): Promise<readonly TempoSpan[]> {
  const { trace } = await ask<TraceAnswer>(`${tempo}/api/v2/traces/${traceId}`);
  return (trace?.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)["service.name"]);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => toSpan(span, service)));
  });
}

/** Gives the ids of the traces that a TraceQL query finds in the last hour. */
export async function searchTraces(tempo: string, query: string): Promise<readonly string[]> {
  const now = Math.ceil(Date.now() / 1_000);
  const range = { start: String(now - 3_600), end: String(now + 60), limit: "100" };
  const { traces = [] } = await ask<{ readonly traces?: readonly { readonly traceID: string }[] }>(
    `${tempo}/api/search`,
    { q: query, ...range },
  );
  // Tempo writes ids without their leading zeros.
  return traces.map(({ traceID }) => traceID.padStart(32, "0"));
}

function toSpan(span: OtlpSpan, service: string): TempoSpan {
  const { code } = span.status ?? {};
  return {
    name: span.name,
    spanId: hexadecimal(span.spanId),
    parentSpanId: span.parentSpanId === undefined ? undefined : hexadecimal(span.parentSpanId),
    traceId: hexadecimal(span.traceId),
    kind: span.kind,
    status: code === "STATUS_CODE_ERROR" || code === "STATUS_CODE_OK" ? statuses[code] : "unset",
    startTimeUnixNano: span.startTimeUnixNano,
    service,
    attributes: plain(span.attributes ?? []),
  };
}

function hexadecimal(base64: string): string {
  return Buffer.from(base64, "base64").toString("hex");
}

function plain(attributes: KeyValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue): unknown {
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(plainValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}
