/** Most entries of each list of a summary; all are counted. */
export const maxSummaryEntries = 100;

/** Counts entries and keeps the first {@link maxSummaryEntries}. */
export interface BoundedList<Entry> {
  add(entry: Entry): void;
  /** Counts entries of which nothing else is known. */
  miss(count: number): void;
  count(): number;
  first(): readonly Entry[];
}

/** Begins with none. */
export function createBoundedList<Entry>(): BoundedList<Entry> {
  const entries: Entry[] = [];
  let count = 0;
  return {
    add(entry) {
      count += 1;
      if (entries.length < maxSummaryEntries) entries.push(entry);
    },
    miss(missed) {
      count += missed;
    },
    count: () => count,
    first: () => entries,
  };
}
