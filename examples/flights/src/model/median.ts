/**
 * The median of `values`, the upper one of two; NaN for none. Reorders `values`.
 *
 * Hoare's selection: about three passes over the values, where sorting them takes twenty.
 */
export function median(values: Float32Array): number {
  const middle = values.length >> 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = at(values, (low + high) >> 1);
    let left = low;
    let right = high;
    while (left <= right) {
      while (at(values, left) < pivot) left += 1;
      while (at(values, right) > pivot) right -= 1;
      if (left > right) break;
      const swapped = at(values, left);
      values[left++] = at(values, right);
      values[right--] = swapped;
    }
    if (middle <= right) high = right;
    else if (middle >= left) low = left;
    else break;
  }
  return at(values, middle);
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN;
}
