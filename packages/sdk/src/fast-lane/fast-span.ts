import { SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import type {
  Attributes,
  AnyValue,
  Exception,
  HrTime,
  Link,
  Span,
  SpanContext,
  SpanKind,
  SpanStatus,
  TimeInput,
  TraceState,
} from "@opentelemetry/api";
import { AddAttributeDecision, cleanAttributes, cleanSimpleAttributes, maybeAddAttribute } from "@opentelemetry/core";
import type { SpanLimits, TimedEvent } from "@opentelemetry/sdk-trace";
import { EVENT_EXCEPTION } from "@runlight/conventions/names";
import type { OperationEnd } from "@runlight/core";
import type { Urgency } from "../pipeline/urgency.ts";
import { exceptionAttributes } from "./exception-attributes.ts";
import { hexWord, randomWord } from "./identity.ts";
import type { TraceId } from "./identity.ts";
import { isTimeInput, timeOf } from "./time-input.ts";

/** Limits with every number known. */
export type KnownSpanLimits = Required<SpanLimits>;

/** A link with the attributes that its limits left. */
export interface KeptLink extends Link {
  readonly droppedAttributesCount?: number;
}

/** What a span begins with. */
export interface FastSpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTimeMs: number;
  /** Attributes by the parts they come from, none of which the span changes. */
  readonly parts: readonly Attributes[];
  readonly traceId: TraceId;
  readonly traceFlags: TraceFlags;
  readonly traceState: TraceState | undefined;
  /** Span context of a valid parent. */
  readonly parent: FastSpan | SpanContext | undefined;
  readonly limits: KnownSpanLimits;
  readonly isRecording: boolean;
  readonly urgency: Urgency;
  /** Told once, when the span ends while it records; `end` where it ends with its operation. */
  readonly ended: (span: FastSpan, end: OperationEnd | undefined) => void;
}

/**
 * A span of an operation: the API's `Span`, with the limits of the specification, kept as few fields until it is written. Hot path:
 * budget 60 ns to make one; what only an operation's own code asks for (events, links, added attributes) is made when asked for.
 */
export class FastSpan implements Span {
  name: string;
  readonly kind: SpanKind;
  readonly startTimeMs: number;
  readonly traceId: TraceId;
  readonly idHigh: number;
  readonly idLow: number;
  readonly traceFlags: TraceFlags;
  readonly traceState: TraceState | undefined;
  readonly parent: FastSpan | SpanContext | undefined;
  readonly limits: KnownSpanLimits;
  readonly urgency: Urgency;
  /** What the operation gave, while `isPlain`. */
  readonly parts: readonly Attributes[];
  /** The span's own attributes, within its limits, once it is not plain. */
  attributes: Attributes = none;
  /** True until the operation's own code adds anything. */
  isPlain = true;
  droppedAttributesCount = 0;
  attributesCount = 0;
  events: TimedEvent[] | undefined;
  droppedEventsCount = 0;
  links: KeptLink[] | undefined;
  droppedLinksCount = 0;
  status: SpanStatus = unset;
  /** Set when the span ended at a time that its operation did not tell. */
  endTime: HrTime | undefined;
  readonly #ended: FastSpanStart["ended"];
  #isOpen: boolean;
  #context: SpanContext | undefined;

  constructor(start: FastSpanStart) {
    this.name = start.name;
    this.kind = start.kind;
    this.startTimeMs = start.startTimeMs;
    this.traceId = start.traceId;
    this.idHigh = randomWord();
    this.idLow = randomWord() || 1;
    this.traceFlags = start.traceFlags;
    this.traceState = start.traceState;
    this.parent = start.parent;
    this.limits = start.limits;
    this.urgency = start.urgency;
    this.parts = start.parts;
    this.#isOpen = start.isRecording;
    this.#ended = start.ended;
  }

  get isSampled(): boolean {
    return (this.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  spanContext(): SpanContext {
    return (this.#context ??= {
      traceId: this.traceId.hex,
      spanId: hexWord(this.idHigh) + hexWord(this.idLow),
      traceFlags: this.traceFlags,
      ...(this.traceState === undefined ? {} : { traceState: this.traceState }),
    });
  }

  isRecording(): boolean {
    return this.#isOpen;
  }

  setAttribute(key: string, value: AnyValue | undefined): this {
    if (this.#isOpen) this.#add(key, value);
    return this;
  }

  setAttributes(attributes: Attributes): this {
    if (this.#isOpen) for (const key of Object.keys(attributes)) this.#add(key, attributes[key]);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, givenTime?: TimeInput): this {
    if (!this.#isOpen) return this;
    const events = (this.events ??= []);
    if (!hasRoom(events, this.limits.eventCountLimit)) this.droppedEventsCount += 1;
    if (this.limits.eventCountLimit === 0) return this;
    const isTime = isTimeInput(attributesOrTime);
    const time = givenTime ?? (isTime ? attributesOrTime : undefined);
    const limits = this.limits;
    const cleaned = cleanSimpleAttributes(isTime ? undefined : attributesOrTime, {
      attributeCountLimit: limits.attributePerEventCountLimit,
      attributeValueLengthLimit: limits.attributeValueLengthLimit,
    });
    events.push({ name, time: timeOf(time), ...cleaned });
    return this;
  }

  addLink(link: Link): this {
    if (!this.#isOpen) return this;
    const links = (this.links ??= []);
    if (!hasRoom(links, this.limits.linkCountLimit)) this.droppedLinksCount += 1;
    if (this.limits.linkCountLimit > 0) links.push(keptLink(link, this.limits));
    return this;
  }

  addLinks(links: readonly Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (!this.#isOpen || status.code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return this;
    const hasMessage = status.code === SpanStatusCode.ERROR && typeof status.message === "string";
    this.status = hasMessage ? { code: status.code, message: status.message as string } : { code: status.code };
    return this;
  }

  updateName(name: string): this {
    if (this.#isOpen) this.name = name;
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes = exceptionAttributes(exception);
    if (Object.keys(attributes).length > 0) this.addEvent(EVENT_EXCEPTION, attributes, time);
  }

  end(endTime?: TimeInput): void {
    if (!this.#isOpen) return;
    this.endTime = timeOf(endTime);
    this.finish(undefined);
  }

  /** Ends the span with its operation; a second end does nothing. */
  finish(end: OperationEnd | undefined): void {
    if (!this.#isOpen) return;
    this.#ended(this, end);
    this.#isOpen = false;
  }

  /** Makes the attributes the span's own, within its limits. */
  own(): void {
    if (!this.isPlain) return;
    this.isPlain = false;
    const cleaned = cleanAttributes(Object.assign({}, ...this.parts) as Attributes, this.limits);
    this.attributes = cleaned.attributes ?? {};
    this.droppedAttributesCount += cleaned.droppedAttributesCount ?? 0;
    this.attributesCount = Object.keys(this.attributes).length;
  }

  #add(key: string, value: unknown): void {
    this.own();
    const decision = maybeAddAttribute({
      key,
      value,
      attributes: this.attributes,
      limits: this.limits,
      currentAttributesCount: this.attributesCount,
    });
    if (decision === AddAttributeDecision.DROP_LIMIT_REACHED) this.droppedAttributesCount += 1;
    else if (decision === AddAttributeDecision.ADD_NEW) this.attributesCount += 1;
  }
}

const none: Attributes = {};
const unset: SpanStatus = { code: SpanStatusCode.UNSET };

/** The links a span begins with: the last of them where there are too many. */
export function startLinks(links: readonly Link[], limits: KnownSpanLimits): readonly KeptLink[] {
  const first = Math.max(0, links.length - limits.linkCountLimit);
  return links.slice(first).map((link) => keptLink(link, limits));
}

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
