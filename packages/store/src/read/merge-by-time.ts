/** An item and when it happened, in nanoseconds since the epoch. */
export interface Timed<Item> {
  readonly at: bigint;
  readonly item: Item;
}

/** Merges sources into one order of time. Within a source the order stays; one item of each is in memory. */
export function* mergeByTime<Item>(sources: readonly Iterator<Timed<Item>>[]): Generator<Item> {
  const heads = sources.flatMap((source) => {
    const first = source.next();
    return first.done === true ? [] : [{ source, value: first.value }];
  });
  while (heads.length > 0) {
    const index = earliest(heads);
    const head = heads[index];
    if (head === undefined) return;
    yield head.value.item;
    const next = head.source.next();
    if (next.done === true) heads.splice(index, 1);
    else head.value = next.value;
  }
}

function earliest(heads: readonly { readonly value: Timed<unknown> }[]): number {
  let best = 0;
  for (const [index, { value }] of heads.entries()) {
    if (value.at < (heads[best]?.value.at ?? value.at)) best = index;
  }
  return best;
}
