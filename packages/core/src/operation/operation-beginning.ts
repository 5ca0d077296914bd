import type { Attributes, Link, SpanKind } from "@opentelemetry/api";
import type { OperationKind } from "@runlight/conventions/names";
import { ATTR_RUNLIGHT_OPERATION_KIND, ATTR_RUNLIGHT_OPERATION_NAME } from "@runlight/conventions/names";
import type { EventRecord, OperationStart, RunIdentity } from "../sink/operation-sink.ts";

/** What an operation begins with, its attributes put together only when a sink asks for them as one. */
export class OperationBeginning implements OperationStart {
  readonly kind: OperationKind;
  readonly name: string;
  readonly run: RunIdentity | undefined;
  readonly isRoot: boolean;
  readonly startTimeMs: number;
  readonly parts: readonly Attributes[];
  readonly links: readonly Link[];
  readonly spanKind: SpanKind | undefined;
  readonly record: EventRecord | undefined;
  #attributes: Attributes | undefined;

  constructor(
    start: Omit<OperationStart, "attributes" | "record">,
    record: EventRecord | undefined,
    parts: readonly Attributes[],
  ) {
    this.kind = start.kind;
    this.name = start.name;
    this.run = start.run;
    this.isRoot = start.isRoot;
    this.startTimeMs = start.startTimeMs;
    this.parts = parts;
    this.links = start.links;
    this.spanKind = start.spanKind;
    this.record = record;
  }

  get attributes(): Attributes {
    return (this.#attributes ??= Object.assign({}, ...this.parts) as Attributes);
  }
}

/** Most operations whose kind and name are kept as attributes. */
const maxKnown = 1000;
const known = new Map<OperationKind, Map<string, Attributes>>();
let count = 0;

/** Kind and name as attributes: one object for all operations that share them. */
export function identityAttributes(kind: OperationKind, name: string): Attributes {
  let names = known.get(kind);
  if (names === undefined) known.set(kind, (names = new Map<string, Attributes>()));
  let identity = names.get(name);
  if (identity === undefined) {
    identity = { [ATTR_RUNLIGHT_OPERATION_KIND]: kind, [ATTR_RUNLIGHT_OPERATION_NAME]: name };
    if (count < maxKnown) {
      count += 1;
      names.set(name, identity);
    }
  }
  return identity;
}
