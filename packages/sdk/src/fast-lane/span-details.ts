import { SpanStatusCode } from "@opentelemetry/api";
import type { Attributes, HrTime, Link, SpanStatus, TimeInput } from "@opentelemetry/api";
import { AddAttributeDecision, cleanAttributes, cleanSimpleAttributes, maybeAddAttribute } from "@opentelemetry/core";
import type { SpanLimits, TimedEvent } from "@opentelemetry/sdk-trace";
import { isTimeInput, timeOf } from "./time-input.ts";

/** Limits with every number known. */
export type KnownSpanLimits = Required<SpanLimits>;

/** A link with the attributes that its limits left. */
export interface KeptLink extends Link {
  readonly droppedAttributesCount?: number;
}

/** What a span has beyond what its operation began and ended with, within the limits of the specification. Most spans have none. */
export class SpanDetails {
  readonly #limits: KnownSpanLimits;
  /** The name where it is another than at the beginning. */
  name: string | undefined;
  attributes: Attributes;
  droppedAttributesCount: number;
  events: TimedEvent[] | undefined;
  droppedEventsCount = 0;
  links: KeptLink[] | undefined;
  droppedLinksCount = 0;
  status: SpanStatus = unset;
  /** Set when the span ended at a time that its operation did not tell. */
  endTime: HrTime | undefined;
  #attributesCount: number;

  /** Begins with what the operation began with. */
  constructor(attributes: Attributes, limits: KnownSpanLimits) {
    const cleaned = cleanAttributes(attributes, limits);
    this.#limits = limits;
    this.attributes = cleaned.attributes ?? {};
    this.droppedAttributesCount = cleaned.droppedAttributesCount ?? 0;
    this.#attributesCount = Object.keys(this.attributes).length;
  }

  /** The links a span begins with: the last of them where there are too many. */
  startLinks(links: readonly Link[]): void {
    const first = Math.max(0, links.length - this.#limits.linkCountLimit);
    this.links = links.slice(first).map((link) => keptLink(link, this.#limits));
    this.droppedLinksCount = first;
  }

  addAttribute(key: string, value: unknown): void {
    const decision = maybeAddAttribute({
      key,
      value,
      attributes: this.attributes,
      limits: this.#limits,
      currentAttributesCount: this.#attributesCount,
    });
    if (decision === AddAttributeDecision.DROP_LIMIT_REACHED) this.droppedAttributesCount += 1;
    else if (decision === AddAttributeDecision.ADD_NEW) this.#attributesCount += 1;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, givenTime?: TimeInput): void {
    const limits = this.#limits;
    const events = (this.events ??= []);
    if (!hasRoom(events, limits.eventCountLimit)) this.droppedEventsCount += 1;
    if (limits.eventCountLimit === 0) return;
    const isTime = isTimeInput(attributesOrTime);
    const time = givenTime ?? (isTime ? attributesOrTime : undefined);
    const cleaned = cleanSimpleAttributes(isTime ? undefined : attributesOrTime, {
      attributeCountLimit: limits.attributePerEventCountLimit,
      attributeValueLengthLimit: limits.attributeValueLengthLimit,
    });
    events.push({ name, time: timeOf(time), ...cleaned });
  }

  addLink(link: Link): void {
    const links = (this.links ??= []);
    if (!hasRoom(links, this.#limits.linkCountLimit)) this.droppedLinksCount += 1;
    if (this.#limits.linkCountLimit > 0) links.push(keptLink(link, this.#limits));
  }

  setStatus(status: SpanStatus): void {
    if (status.code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return;
    const hasMessage = status.code === SpanStatusCode.ERROR && typeof status.message === "string";
    this.status = hasMessage ? { code: status.code, message: status.message as string } : { code: status.code };
  }
}

const unset: SpanStatus = { code: SpanStatusCode.UNSET };

function keptLink(link: Link, limits: KnownSpanLimits): KeptLink {
  const cleaned = cleanAttributes(link.attributes, {
    attributeCountLimit: limits.attributePerLinkCountLimit,
    attributeValueLengthLimit: limits.attributeValueLengthLimit,
  });
  return { context: link.context, ...cleaned };
}

/** Where a list is full, its oldest item makes room; false then. */
function hasRoom(list: unknown[], limit: number): boolean {
  if (list.length < limit) return true;
  list.shift();
  return false;
}
