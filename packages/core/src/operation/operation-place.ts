import type { Attributes } from "@opentelemetry/api";
import { lifecycleEvents } from "@runlight/conventions";
import {
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_PIPELINE_NAME,
  ATTR_RUNLIGHT_STAGE_NAME,
} from "@runlight/conventions/names";
import type { OperationKind } from "@runlight/conventions/names";
import { maxNameLength, operationName } from "../record/operation-name.ts";
import type { RecordHead } from "../record/record-in-parts.ts";

/* Hot path: each operation asks for its place. Budget 40 ns where it was asked for before, and then no allocation. */

/** What operations have in common that share kind, name and surroundings. Its attributes are the same objects for all of them and never change. */
export interface OperationPlace {
  readonly kind: OperationKind;
  readonly name: string;
  /** What spans and log records directly inside carry. */
  readonly inner: Attributes;
  /** What the operation's own span and records carry: the same, kind and name. */
  readonly shared: Attributes;
  /** What the record that it began says; kernels have none. */
  readonly started: RecordHead | undefined;
  /** Texts of the record that it succeeded, by duration. */
  readonly endedBodies: Map<string, string>;
}

/** Most places that are remembered in a run, or outside of any: names full of ids may be nested, and each level would multiply a bound of its own. */
export const maxKnownPlaces = 1000;

/** Places by kind and name as given. */
interface KnownPlaces {
  readonly kinds: Map<OperationKind, Map<string, OperationPlace>>;
  /** Shared with the places around. */
  readonly tally: { count: number };
}

const known = new WeakMap<Attributes, KnownPlaces>();
/** The one that was found last: most operations are in loops. */
let last: { readonly around: Attributes; readonly givenName: string; readonly place: OperationPlace } | undefined;

/**
 * The place of an operation.
 *
 * @param around what spans and log records at the place of its beginning carry; remembered by identity, so it must not change
 */
export function placeOf(kind: OperationKind, givenName: string, around: Attributes): OperationPlace {
  if (last?.around === around && last.givenName === givenName && last.place.kind === kind) return last.place;
  let places = known.get(around);
  if (places === undefined) known.set(around, (places = { kinds: new Map(), tally: { count: 0 } }));
  let names = places.kinds.get(kind);
  if (names === undefined) places.kinds.set(kind, (names = new Map<string, OperationPlace>()));
  const found = names.get(givenName);
  if (found !== undefined) {
    last = { around, givenName, place: found };
    return found;
  }
  const name = operationName(givenName);
  const made = newPlace(kind, name, innerOf(kind, name, around));
  const { tally } = places;
  if (tally.count < maxKnownPlaces && isRemembered(givenName)) {
    tally.count += 1;
    names.set(givenName, made);
    if (made.inner !== around) known.set(made.inner, { kinds: new Map(), tally });
  }
  return made;
}

/** A name that is not huge; names may come from JavaScript, where they may be anything. */
function isRemembered(name: unknown): boolean {
  return typeof name === "string" && name.length <= maxNameLength;
}

/** A place of its own; `inner` is what spans and log records directly inside carry. */
export function newPlace(kind: OperationKind, name: string, inner: Attributes): OperationPlace {
  const shared = { ...inner, [ATTR_RUNLIGHT_OPERATION_KIND]: kind, [ATTR_RUNLIGHT_OPERATION_NAME]: name };
  const eventName = lifecycleEvents[kind].started;
  const started =
    eventName === undefined ? undefined : ({ eventName, severity: "INFO", body: `${kind} ${name} started` } as const);
  return { kind, name, inner, shared, started, endedBodies: new Map() };
}

/** A kernel adds nothing to what is around it, so it shares that. */
function innerOf(kind: OperationKind, name: string, around: Attributes): Attributes {
  if (kind === "stage") return { ...around, [ATTR_RUNLIGHT_STAGE_NAME]: name };
  return kind === "pipeline" ? { ...around, [ATTR_RUNLIGHT_PIPELINE_NAME]: name } : around;
}
