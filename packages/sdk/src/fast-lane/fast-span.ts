import { SpanKind, TraceFlags } from "@opentelemetry/api";
import type {
  AnyValue,
  Attributes,
  Context,
  Exception,
  Link,
  Span,
  SpanContext,
  SpanStatus,
  TimeInput,
  TraceState,
} from "@opentelemetry/api";
import { EVENT_EXCEPTION } from "@runlight/conventions/names";
import { withSpan } from "@runlight/core";
import type { OpenOperation, OperationEnd, OperationStart } from "@runlight/core";
import { TraceId, hexWord, randomWord } from "../identity.ts";
import { traceIdOfRun } from "../providers/run-id-generator.ts";
import { exceptionAttributes } from "./exception-attributes.ts";
import type { KnownPlace, PlaceOf } from "./known-places.ts";
import type { Sample } from "./sampling.ts";
import { SpanDetails } from "./span-details.ts";
import type { KnownSpanLimits } from "./span-details.ts";
import { timeOf } from "./time-input.ts";

/** What all spans of a sink have in common. */
export interface SpanOwner {
  readonly limits: KnownSpanLimits;
  readonly placeOf: PlaceOf;
  readonly sample: Sample;
  /** Told once, when the span's operation ends. */
  readonly closed: (span: FastSpan, end: OperationEnd) => void;
  /** Told once, when the span ends while it records; `end` where it ends with its operation. */
  readonly ended: (span: FastSpan, end: OperationEnd | undefined) => void;
}

/**
 * An open operation with its span: the API's `Span`, kept as few fields until it is written. Hot path: budget 40 ns to make one; what
 * only an operation's own code asks for (events, links, added attributes) is made when asked for.
 */
export class FastSpan implements Span, OpenOperation {
  readonly start: OperationStart;
  readonly place: KnownPlace;
  readonly above: FastSpan | SpanContext | undefined;
  readonly traceId: TraceId;
  readonly idHigh: number;
  readonly idLow: number;
  readonly traceFlags: TraceFlags;
  readonly traceState: TraceState | undefined;
  readonly kind: SpanKind;
  /** `undefined` while the span is what its operation began with. */
  details: SpanDetails | undefined;
  readonly #owner: SpanOwner;
  readonly #parent: Context;
  #isOpen: boolean;
  #ids: SpanContext | undefined;
  #context: Context | undefined;

  constructor(
    owner: SpanOwner,
    start: OperationStart,
    parent: Context,
    /** The span in `parent`: one of ours, or the ids of somebody else's valid one. */
    above: FastSpan | SpanContext | undefined,
  ) {
    this.#owner = owner;
    this.start = start;
    this.#parent = parent;
    this.above = above;
    this.place = owner.placeOf(start);
    this.traceId = traceIdUnder(above, start);
    this.idHigh = randomWord();
    this.idLow = randomWord() || 1;
    this.kind = start.spanKind ?? SpanKind.INTERNAL;
    const sampling = owner.sample(this, parent);
    this.traceFlags = sampling.traceFlags;
    this.traceState = sampling.traceState ?? above?.traceState;
    this.#isOpen = sampling.isRecording;
    if (sampling.attributes !== undefined) this.setAttributes(sampling.attributes);
    if (start.links.length > 0) this.detail().startLinks(start.links);
  }

  /** The context above with this span in it. */
  get context(): Context {
    return (this.#context ??= withSpan(this.#parent, this));
  }

  get isSampled(): boolean {
    return (this.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  spanContext(): SpanContext {
    return (this.#ids ??= {
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
    if (this.#isOpen) this.detail().addAttribute(key, value);
    return this;
  }

  setAttributes(attributes: Attributes): this {
    if (this.#isOpen) for (const key of Object.keys(attributes)) this.detail().addAttribute(key, attributes[key]);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.#isOpen) this.detail().addEvent(name, attributesOrTime, time);
    return this;
  }

  addLink(link: Link): this {
    if (this.#isOpen) this.detail().addLink(link);
    return this;
  }

  addLinks(links: readonly Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (this.#isOpen) this.detail().setStatus(status);
    return this;
  }

  updateName(name: string): this {
    if (this.#isOpen) this.detail().name = name;
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes = exceptionAttributes(exception);
    if (Object.keys(attributes).length > 0) this.addEvent(EVENT_EXCEPTION, attributes, time);
  }

  end(endTime?: TimeInput): void {
    if (!this.#isOpen) return;
    this.detail().endTime = timeOf(endTime);
    this.finish(undefined);
  }

  /** Ends the operation: its span, its metrics, its record. */
  close(end: OperationEnd): void {
    this.#owner.closed(this, end);
  }

  /** Ends the span; a second end does nothing. */
  finish(end: OperationEnd | undefined): void {
    if (!this.#isOpen) return;
    this.#owner.ended(this, end);
    this.#isOpen = false;
  }

  /** The details, made when they are needed first. */
  detail(): SpanDetails {
    return (this.details ??= new SpanDetails(this.start.attributes, this.#owner.limits));
  }
}

/** The trace of the span above; a run's own where nothing is above its root. */
function traceIdUnder(above: FastSpan | SpanContext | undefined, start: OperationStart): TraceId {
  if (above instanceof FastSpan) return above.traceId;
  if (above !== undefined) return new TraceId(above.traceId);
  return new TraceId(start.isRoot && start.run !== undefined ? traceIdOfRun(start.run.id) : undefined);
}
