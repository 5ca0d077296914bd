import { boundText } from "../record/bounded-text.ts";

/** Items counted in one unit. */
export interface ItemCount {
  readonly processed: number;
  readonly unit: string;
  /** Adds `n` items when `n` is finite and 0 or more; the first unit given stays. */
  add(n: number, unit?: string): void;
}

/** Begins to count. */
export function createItemCount(): ItemCount {
  let processed = 0;
  let unit: string | undefined;
  return {
    get processed() {
      return processed;
    },
    get unit() {
      return unit ?? "item";
    },
    add(n, given) {
      if (!Number.isFinite(n) || n < 0) return;
      processed += n;
      unit ??= given === undefined ? undefined : boundText(given, 50);
    },
  };
}
