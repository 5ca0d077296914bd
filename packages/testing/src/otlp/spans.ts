import { plainAttributes, plainId, plainResource, plainScope, plainTime } from "./values.ts";
import type { PlainAttributes, PlainScope } from "./values.ts";
import type { WireSpan, WireTracesRequest } from "./wire.ts";

/** A span as it arrived, with its scope and resource; ids in lower-case hexadecimal, times in nanoseconds since 1970. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty on a root span. */
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: PlainAttributes;
  readonly events: readonly {
    readonly name: string;
    readonly timeUnixNano: bigint;
    readonly attributes: PlainAttributes;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: PlainAttributes;
  }[];
  /** Code 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message: string };
  readonly flags: number;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  readonly scope: PlainScope;
  readonly resource: PlainAttributes;
}

/** The spans of a request, in its order. */
export function flattenSpans(request: WireTracesRequest): ReceivedSpan[] {
  return (request.resourceSpans ?? []).flatMap((group) =>
    (group.scopeSpans ?? []).flatMap((part) =>
      (part.spans ?? []).map((span) => receivedSpan(span, plainScope(part.scope), plainResource(group.resource))),
    ),
  );
}

function receivedSpan(span: WireSpan, scope: PlainScope, resource: PlainAttributes): ReceivedSpan {
  return {
    traceId: plainId(span.traceId),
    spanId: plainId(span.spanId),
    parentSpanId: plainId(span.parentSpanId),
    traceState: span.traceState ?? "",
    name: span.name ?? "",
    kind: span.kind ?? 0,
    startTimeUnixNano: plainTime(span.startTimeUnixNano),
    endTimeUnixNano: plainTime(span.endTimeUnixNano),
    attributes: plainAttributes(span.attributes),
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? "",
      timeUnixNano: plainTime(event.timeUnixNano),
      attributes: plainAttributes(event.attributes),
    })),
    links: (span.links ?? []).map((link) => ({
      traceId: plainId(link.traceId),
      spanId: plainId(link.spanId),
      attributes: plainAttributes(link.attributes),
    })),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
    flags: span.flags ?? 0,
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
    scope,
    resource,
  };
}
