import type { Attributes, Link, SpanKind } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_MEMORY_START } from "@runlight/conventions/names";
import type { OperationKind } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import type { Run } from "../run/run.ts";
import type { EventRecord, OperationStart } from "../sink/operation-sink.ts";
import { startedRecord } from "./lifecycle-records.ts";
import { MemoryWatch, memoryReading } from "./memory.ts";
import type { OperationPlace } from "./operation-place.ts";

/** What an operation may be told besides its attributes. */
export interface BeginningOptions {
  readonly links?: readonly Link[];
  readonly spanKind?: SpanKind;
}

/** What an operation begins with. Hot path: its attributes are put together only when a sink asks for them as one. */
export class OperationBeginning implements OperationStart {
  readonly place: OperationPlace;
  readonly run: Run | undefined;
  readonly startTimeMs: number;
  readonly own: Attributes;
  readonly links: readonly Link[];
  readonly spanKind: SpanKind | undefined;
  /** Follows the memory of all but kernels. */
  readonly memory: MemoryWatch | undefined;
  readonly record: EventRecord | undefined;
  /** How long anything inside was open, in milliseconds; grows while the operation lasts. */
  coveredMs = 0;
  #attributes: Attributes | undefined;

  /** Begins now; a run's root begins with the run. `own` is the operation's to keep. */
  constructor(place: OperationPlace, run: Run | undefined, own: Attributes, options: BeginningOptions) {
    this.place = place;
    this.run = run;
    this.startTimeMs = place.kind === "workflow" && run !== undefined ? run.startTimeMs : now();
    this.own = own;
    this.links = options.links === undefined ? noLinks : cleanLinks(options.links);
    this.spanKind = options.spanKind;
    if (place.kind === "kernel") return;
    const memory = memoryReading(this.startTimeMs);
    this.memory = new MemoryWatch(memory);
    own[ATTR_RUNLIGHT_MEMORY_START] = memory.residentBytes;
    this.record = startedRecord(place, this.startTimeMs, own);
  }

  get kind(): OperationKind {
    return this.place.kind;
  }

  get name(): string {
    return this.place.name;
  }

  get isRoot(): boolean {
    return this.place.kind === "workflow";
  }

  get shared(): Attributes {
    return this.place.shared;
  }

  get attributes(): Attributes {
    return (this.#attributes ??= { ...this.place.shared, ...this.own });
  }
}

const noLinks: readonly Link[] = [];

/** Links may come from JavaScript, where they may be anything: what leads nowhere is left out. */
function cleanLinks(links: unknown): readonly Link[] {
  return Array.isArray(links) ? links.filter(isLink) : noLinks;
}

function isLink(link: unknown): link is Link {
  const { context } = (link ?? {}) as Partial<Link>;
  return typeof context?.traceId === "string" && typeof context.spanId === "string";
}
