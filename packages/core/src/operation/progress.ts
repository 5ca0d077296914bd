import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_RUNLIGHT_PROGRESS_DONE,
  ATTR_RUNLIGHT_PROGRESS_TOTAL,
  ATTR_RUNLIGHT_PROGRESS_UNIT,
} from "@runlight/conventions/names";
import { boundText } from "../record/bounded-text.ts";

/** How far an operation is. */
export interface Progress {
  /** Units done so far, 0 or more. */
  readonly done: number;
  /** Units in all, when known. */
  readonly total?: number;
  /** What is counted, in the singular. */
  readonly unit?: string;
}

/** `progress` with what makes no sense taken out: not finite, negative, not readable; `undefined` when nothing is left. Progress beyond its total raises the total. */
export function cleanProgress(progress: Progress): Progress | undefined {
  try {
    const { done, total, unit } = progress;
    if (!Number.isFinite(done) || done < 0) return undefined;
    const known = typeof total === "number" && Number.isFinite(total) && total > 0;
    return {
      done,
      ...(known ? { total: Math.max(total, done) } : {}),
      ...(typeof unit === "string" ? { unit: boundText(unit, 50) } : {}),
    };
  } catch {
    // It is no object, or does not let itself be read.
    return undefined;
  }
}

/** Progress as attributes; none for `undefined`. */
export function progressAttributes(progress: Progress | undefined): Attributes {
  if (progress === undefined) return {};
  return {
    [ATTR_RUNLIGHT_PROGRESS_DONE]: progress.done,
    ...(progress.total === undefined ? {} : { [ATTR_RUNLIGHT_PROGRESS_TOTAL]: progress.total }),
    ...(progress.unit === undefined ? {} : { [ATTR_RUNLIGHT_PROGRESS_UNIT]: progress.unit }),
  };
}
