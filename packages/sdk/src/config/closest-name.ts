/**
 * The name most like a mistyped one: at most two letters inserted, left out, replaced or swapped with a neighbour,
 * and at most a third of the word. `undefined` where none is that near.
 */
export function closestName(mistyped: string, names: Iterable<string>): string | undefined {
  const bound = Math.min(2, Math.floor(mistyped.length / 3));
  let closest: string | undefined;
  let closestDistance = bound + 1;
  for (const name of names) {
    if (Math.abs(name.length - mistyped.length) > bound) continue;
    const distance = editDistance(mistyped.toLowerCase(), name.toLowerCase());
    if (distance < closestDistance) [closest, closestDistance] = [name, distance];
  }
  return closest;
}

/** ` (did you mean "sampler"?)`, or nothing where no name is near. */
export function didYouMean(mistyped: string, names: Iterable<string>): string {
  const closest = closestName(mistyped, names);
  return closest === undefined ? "" : ` (did you mean "${closest}"?)`;
}

// Optimal string alignment: the edit distance in which a swap of neighbours counts once.
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const edits = [at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1)];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) edits.push(at(beforePrevious, column - 2) + 1);
      current.push(Math.min(...edits));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
