import { ATTR_RUNLIGHT_ITEMS_PROCESSED } from "@runlight/conventions/names";
import type { Outcome } from "@runlight/conventions/names";
import { closedMeasurements, openedMeasurements } from "@runlight/core";
import type { Measurement, OperationEnd, OperationStart } from "@runlight/core";
import { recordInHistogram } from "./cell.ts";
import type { ExemplarSpan, HistogramCell, SumCell } from "./cell.ts";
import type { OperationMetrics } from "./operation-metrics.ts";

/* Hot path: budget 60 ns and no allocation for the metrics of an operation whose name was seen before. */

/** Operations whose cells are remembered; those of further names are looked up by their attributes. */
export const maxBoundOperations = 4096;

/** The cells of operations with the same kind, workflow and name. */
export interface BoundCells {
  readonly active: SumCell | undefined;
  readonly durations: Map<Outcome, HistogramCell>;
}

/** The cells of operations, found by what the operation is and not by attributes that would have to be made first. */
export interface BoundMetrics {
  /** The cells to measure an operation in. */
  readonly cellsOf: (start: OperationStart) => BoundCells;
  /** One more is active. */
  opened(cells: BoundCells): void;
  /** Duration, one active less, and what else the end tells; `span` where it is sampled. */
  closed(cells: BoundCells, start: OperationStart, end: OperationEnd, span: ExemplarSpan | undefined): void;
}

/** Binds cells of `metrics` to kind, workflow and name of operations. */
export function createBoundMetrics(metrics: OperationMetrics): BoundMetrics {
  const kinds = new Map<string, Map<string | undefined, Map<string, BoundCells>>>();
  let count = 0;

  function cellsOf(start: OperationStart): BoundCells {
    let workflows = kinds.get(start.kind);
    if (workflows === undefined)
      kinds.set(start.kind, (workflows = new Map<string | undefined, Map<string, BoundCells>>()));
    const workflow = start.run?.workflowName;
    let names = workflows.get(workflow);
    if (names === undefined) {
      names = new Map();
      if (count < maxBoundOperations) workflows.set(workflow, names);
    }
    let cells = names.get(start.name);
    if (cells === undefined) {
      cells = bind(start);
      if (count < maxBoundOperations) {
        count += 1;
        names.set(start.name, cells);
      }
    }
    return cells;
  }

  function bind(start: OperationStart): BoundCells {
    const [opened] = openedMeasurements(start);
    return { active: opened === undefined ? undefined : sumOf(opened), durations: new Map() };
  }

  function sumOf(measurement: Measurement): SumCell | undefined {
    const series = metrics.seriesOf(measurement);
    return series.kind === "sum" ? series.cell : undefined;
  }

  function bindDuration(cells: BoundCells, start: OperationStart, end: OperationEnd): HistogramCell | undefined {
    const [duration] = closedMeasurements(start, end);
    const series = duration === undefined ? undefined : metrics.seriesOf(duration);
    if (series?.kind !== "histogram") return undefined;
    cells.durations.set(end.outcome, series.cell);
    return series.cell;
  }

  return {
    cellsOf,
    opened({ active }) {
      if (active !== undefined) active.value += 1;
    },
    closed(cells, start, end, span) {
      const duration = cells.durations.get(end.outcome) ?? bindDuration(cells, start, end);
      const seconds = Math.max(0, end.endTimeMs - start.startTimeMs) / 1000;
      if (duration !== undefined) recordInHistogram(duration, seconds, end.endTimeMs, span);
      if (cells.active !== undefined) cells.active.value -= 1;
      const tellsMore =
        end.attributes[ATTR_RUNLIGHT_ITEMS_PROCESSED] !== undefined ||
        (start.kind === "workflow" && end.outcome !== "success");
      if (!tellsMore) return;
      const further = cells.active === undefined ? 1 : 2;
      for (const measurement of closedMeasurements(start, end).slice(further)) metrics.record(measurement, undefined);
    },
  };
}
