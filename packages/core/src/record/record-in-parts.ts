import type { Attributes } from "@opentelemetry/api";
import type { EventBody, EventRecord } from "../sink/operation-sink.ts";

/** What a record says besides its time and attributes. */
export type RecordHead = Pick<EventRecord, "body" | "eventName" | "severity">;

/** A record with its attributes in parts. Hot path: they are put together only where somebody asks for them as one. */
export class RecordInParts implements EventRecord {
  readonly eventName: EventRecord["eventName"];
  readonly severity: EventRecord["severity"];
  readonly body?: EventBody;
  readonly timeMs: number;
  readonly shared: Attributes;
  readonly own: Attributes;
  #attributes: Attributes | undefined;

  constructor(head: RecordHead, timeMs: number, shared: Attributes, own: Attributes) {
    this.eventName = head.eventName;
    this.severity = head.severity;
    if (head.body !== undefined) this.body = head.body;
    this.timeMs = timeMs;
    this.shared = shared;
    this.own = own;
  }

  get attributes(): Attributes {
    return (this.#attributes ??= { ...this.shared, ...this.own });
  }
}
