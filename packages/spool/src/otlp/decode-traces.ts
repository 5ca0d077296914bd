import { decodeRequest } from "./decode-request.ts";
import { decodeKeyValue } from "./decode-value.ts";
import type { DecodedScope, DecodedSpan, DecodedSpanEvent, DecodedSpanLink, DecodedStatus } from "./decoded.ts";
import type { Mutable } from "./mutable.ts";
import type { WireReader } from "./wire-reader.ts";

/** The spans of one OTLP export request, in its order. Throws `SyntaxError` where the bytes are not one. */
export function decodeTraces(bytes: Uint8Array): readonly DecodedSpan[] {
  const spans: DecodedSpan[] = [];
  decodeRequest(bytes, (reader, scope) => spans.push(decodeSpan(reader, scope)));
  return spans;
}

function decodeSpan(reader: WireReader, scope: DecodedScope): DecodedSpan {
  const attributes: Record<string, unknown> = {};
  const events: DecodedSpanEvent[] = [];
  const links: DecodedSpanLink[] = [];
  const span: Mutable<DecodedSpan> = {
    scope,
    traceId: "",
    spanId: "",
    name: "",
    kind: 0,
    startTimeUnixNano: 0n,
    endTimeUnixNano: 0n,
    attributes,
    droppedAttributesCount: 0,
    events,
    droppedEventsCount: 0,
    links,
    droppedLinksCount: 0,
    status: { code: 0 },
    flags: 0,
  };
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        span.traceId = reader.hex();
        break;
      case 2:
        span.spanId = reader.hex();
        break;
      case 3:
        span.traceState = reader.string();
        break;
      case 4:
        span.parentSpanId = reader.hex();
        break;
      case 5:
        span.name = reader.string();
        break;
      case 6:
        span.kind = reader.uint();
        break;
      case 7:
        span.startTimeUnixNano = reader.fixed64();
        break;
      case 8:
        span.endTimeUnixNano = reader.fixed64();
        break;
      case 9:
        decodeKeyValue(reader.message(), attributes);
        break;
      case 10:
        span.droppedAttributesCount = reader.uint();
        break;
      case 11:
        events.push(decodeEvent(reader.message()));
        break;
      case 12:
        span.droppedEventsCount = reader.uint();
        break;
      case 13:
        links.push(decodeLink(reader.message()));
        break;
      case 14:
        span.droppedLinksCount = reader.uint();
        break;
      case 15:
        span.status = decodeStatus(reader.message());
        break;
      case 16:
        span.flags = reader.fixed32();
        break;
      default:
        reader.skip();
    }
  }
  return span;
}

function decodeEvent(reader: WireReader): DecodedSpanEvent {
  const attributes: Record<string, unknown> = {};
  const event: Mutable<DecodedSpanEvent> = { timeUnixNano: 0n, name: "", attributes, droppedAttributesCount: 0 };
  while (reader.next()) {
    if (reader.field === 1) event.timeUnixNano = reader.fixed64();
    else if (reader.field === 2) event.name = reader.string();
    else if (reader.field === 3) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 4) event.droppedAttributesCount = reader.uint();
    else reader.skip();
  }
  return event;
}

function decodeLink(reader: WireReader): DecodedSpanLink {
  const attributes: Record<string, unknown> = {};
  const link: Mutable<DecodedSpanLink> = { traceId: "", spanId: "", attributes, droppedAttributesCount: 0, flags: 0 };
  while (reader.next()) {
    if (reader.field === 1) link.traceId = reader.hex();
    else if (reader.field === 2) link.spanId = reader.hex();
    else if (reader.field === 3) link.traceState = reader.string();
    else if (reader.field === 4) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 5) link.droppedAttributesCount = reader.uint();
    else if (reader.field === 6) link.flags = reader.fixed32();
    else reader.skip();
  }
  return link;
}

function decodeStatus(reader: WireReader): DecodedStatus {
  const status: Mutable<DecodedStatus> = { code: 0 };
  while (reader.next()) {
    if (reader.field === 2) status.message = reader.string();
    else if (reader.field === 3) status.code = reader.uint();
    else reader.skip();
  }
  return status;
}
