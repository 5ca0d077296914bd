import type { OperationStart } from "@runlight/core";
import type { BoundCells } from "../operation-metrics/bound-cells.ts";
import type { Surrounding } from "./stencil.ts";

/** What operations with the same kind, name and surroundings have in common, found by their shared attributes. */
export interface KnownPlace {
  /** Name of their spans. */
  readonly spanName: string;
  /** What surrounds the attributes of their spans; made when the first of them is written. */
  spanSurrounding: Surrounding | undefined;
  /** Cells of their metrics; `undefined` where metrics are switched off. */
  readonly cells: BoundCells | undefined;
}

/** Finds the place of an operation. Hot path: budget 15 ns where it was asked for before. */
export type PlaceOf = (start: OperationStart) => KnownPlace;

/** Remembers places for as long as their shared attributes live. */
export function createKnownPlaces(cellsOf: ((start: OperationStart) => BoundCells) | undefined): PlaceOf {
  const places = new WeakMap<object, KnownPlace>();
  return (start) => {
    const known = start.shared === undefined ? undefined : places.get(start.shared);
    if (known !== undefined) return known;
    const made = { spanName: `${start.kind} ${start.name}`, spanSurrounding: undefined, cells: cellsOf?.(start) };
    if (start.shared !== undefined) places.set(start.shared, made);
    return made;
  };
}
