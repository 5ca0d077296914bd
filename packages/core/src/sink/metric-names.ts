/** Distinct names of one kind that metrics tell apart; later ones are counted as `(other)`. */
export const maxMetricNames = 500;

const seen = new Map<string, Set<string>>();

/** The name as a metric attribute: itself, or `(other)` once `kind` has had {@link maxMetricNames} of them, so that names full of ids cannot grow without bound. */
export function boundName(kind: string, name: string): string {
  let names = seen.get(kind);
  if (names === undefined) seen.set(kind, (names = new Set()));
  if (names.has(name)) return name;
  if (names.size >= maxMetricNames) return "(other)";
  names.add(name);
  return name;
}
