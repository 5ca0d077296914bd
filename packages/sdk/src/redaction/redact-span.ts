import type { Link } from "@opentelemetry/api";
import type { ReadableSpan, TimedEvent } from "@opentelemetry/sdk-trace";
import { mapUnlessSame } from "./map-unless-same.ts";
import type { Redactor } from "./redactor.ts";

/** The span without secrets in its name, status, attributes, events and links; the same span when it has none. */
export function redactSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const name = redactor.text(span.name);
  const attributes = redactor.attributes(span.attributes);
  const events = mapUnlessSame(span.events, (event) => redactEvent(event, redactor));
  const links = mapUnlessSame(span.links, (link) => redactLink(link, redactor));
  const message = span.status.message === undefined ? undefined : redactor.text(span.status.message);
  if (
    name === span.name &&
    attributes === span.attributes &&
    events === span.events &&
    links === span.links &&
    message === span.status.message
  ) {
    return span;
  }
  const status = message === undefined ? span.status : { ...span.status, message };
  // The span keeps what it is: others may hold it. What differs stands before it.
  return Object.create(span, {
    name: { value: name },
    attributes: { value: attributes },
    events: { value: events },
    links: { value: links },
    status: { value: status },
  }) as ReadableSpan;
}

function redactEvent(event: TimedEvent, redactor: Redactor): TimedEvent {
  const name = redactor.text(event.name);
  const attributes = redactor.attributes(event.attributes);
  if (name === event.name && attributes === event.attributes) return event;
  return { ...event, name, ...(attributes === undefined ? {} : { attributes }) };
}

function redactLink(link: Link, redactor: Redactor): Link {
  const attributes = redactor.attributes(link.attributes);
  return attributes === link.attributes || attributes === undefined ? link : { ...link, attributes };
}
