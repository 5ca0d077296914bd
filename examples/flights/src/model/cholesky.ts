/**
 * Solves `A x = b` for a symmetric, positive definite `A` by its Cholesky factors, in `size³ / 6` multiplications.
 *
 * @param matrix `size x size`, row-major; only the lower triangle is read.
 * @param right `size` values.
 * @throws {RangeError} When the matrix is not positive definite, to within rounding: its terms cannot be told apart.
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const at = (values: Float64Array, index: number): number => values[index] ?? Number.NaN;
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let value = at(matrix, row * size + column);
      for (let k = 0; k < column; k += 1) value -= at(factor, row * size + k) * at(factor, column * size + k);
      if (row === column) {
        const smallest = size * Number.EPSILON * at(matrix, row * size + row);
        if (!(value > smallest)) {
          throw new RangeError(
            `Cannot solve the normal equations: pivot ${row} must be above ${smallest}, current value is ${value}`,
          );
        }
        factor[row * size + row] = Math.sqrt(value);
      } else {
        factor[row * size + column] = value / at(factor, column * size + column);
      }
    }
  }

  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let value = at(solution, row);
    for (let k = 0; k < row; k += 1) value -= at(factor, row * size + k) * at(solution, k);
    solution[row] = value / at(factor, row * size + row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = at(solution, row);
    for (let k = row + 1; k < size; k += 1) value -= at(factor, k * size + row) * at(solution, k);
    solution[row] = value / at(factor, row * size + row);
  }
  return solution;
}
