/** A share as a percentage; `undefined` where it was not measured. */
export function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : 100 * share;
}

/** How much more one figure is than another; `undefined` where either was not measured. */
export function difference(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one - other;
}

/** What one thing takes more than another, in percent of it. `times`: how many times as much it takes. */
export function added(times: number | undefined): number | undefined {
  return times === undefined ? undefined : 100 * (times - 1);
}
