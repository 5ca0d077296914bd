import type { OperationStart } from "@runlight/core";
import { WireWriter } from "@runlight/spool";
import type { BoundCells } from "../operation-metrics/bound-cells.ts";

/** What operations with the same kind, name and surroundings have in common, found by their shared attributes. */
export interface KnownPlace {
  /** Name of their spans. */
  readonly spanName: string;
  /** The `name` field of their spans, secrets taken out; made when the first of them is written. */
  nameField: Uint8Array | undefined;
  /** Cells of their metrics; `undefined` where metrics are switched off. */
  readonly cells: BoundCells | undefined;
}

/** Finds the place of an operation. Hot path: budget 15 ns where it was asked for before. */
export type PlaceOf = (start: OperationStart) => KnownPlace;

/** Remembers places for as long as their shared attributes live. */
export function createKnownPlaces(cellsOf: ((start: OperationStart) => BoundCells) | undefined): PlaceOf {
  const places = new WeakMap<object, KnownPlace>();
  // The one that was asked for last: most operations are in loops.
  let lastShared: object | undefined;
  let last: KnownPlace | undefined;
  return (start) => {
    const { shared } = start;
    if (shared !== undefined && shared === lastShared) return last as KnownPlace;
    let place = shared === undefined ? undefined : places.get(shared);
    if (place === undefined) {
      place = { spanName: `${start.kind} ${start.name}`, nameField: undefined, cells: cellsOf?.(start) };
      if (shared === undefined) return place;
      places.set(shared, place);
    }
    lastShared = shared;
    last = place;
    return place;
  };
}

/** The `name` field of a span: tag, length, text. */
export function nameField(name: string): Uint8Array {
  const writer = new WireWriter();
  writer.string(5, name);
  return Uint8Array.from(writer.finish());
}
