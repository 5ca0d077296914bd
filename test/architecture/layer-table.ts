import { readText } from "../workspace/root.ts";

/** One row of the table in ARCHITECTURE.md. */
export interface LayerRow {
  /** A number, or `dev` for what only tests use. */
  readonly layer: string;
  readonly folder: string;
}

/** Reads the table of layers in ARCHITECTURE.md. */
export function readLayerTable(): readonly LayerRow[] {
  const rows = readText("ARCHITECTURE.md").matchAll(/^\|\s*(\d|dev)\s*\|\s*`([\w-]+)`\s*\|/gm);
  return [...rows].map(([, layer = "", folder = ""]) => ({ layer, folder }));
}

/** Gives the layer of every package by its folder. */
export function layersByFolder(): ReadonlyMap<string, string> {
  return new Map(readLayerTable().map(({ layer, folder }) => [folder, layer]));
}
