/** The list with each item mapped; the same list when each item stays itself. */
export function mapUnlessSame<T>(list: T[], map: (item: T) => T): T[] {
  let changed = false;
  const mapped = list.map((item) => {
    const result = map(item);
    changed ||= result !== item;
    return result;
  });
  return changed ? mapped : list;
}
