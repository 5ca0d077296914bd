import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";

/** Columns of Grafana's grid. */
export const gridColumns = 24;

/** A panel that has no place yet. */
export interface UnplacedPanel extends Builder<Panel> {
  gridPos(position: { x: number; y: number; w: number; h: number }): Builder<Panel>;
}

/** Panels side by side, each as wide as the others. */
export interface PanelRow {
  /** In units of Grafana's grid, 30 pixels each. */
  readonly height: number;
  /** As many as divide 24. */
  readonly panels: readonly UnplacedPanel[];
}

/**
 * Gives every panel its place: the rows one below the other.
 *
 * @throws RangeError when the panels of a row do not divide the grid.
 */
export function placeRows(rows: readonly PanelRow[]): readonly Builder<Panel>[] {
  const placed: Builder<Panel>[] = [];
  let y = 0;
  for (const { height, panels } of rows) {
    const width = gridColumns / panels.length;
    if (!Number.isInteger(width)) {
      throw new RangeError(
        `Cannot place a row: the number of its panels must divide ${gridColumns}, current value is ${panels.length}`,
      );
    }
    for (const [index, panel] of panels.entries())
      placed.push(panel.gridPos({ x: index * width, y, w: width, h: height }));
    y += height;
  }
  return placed;
}
