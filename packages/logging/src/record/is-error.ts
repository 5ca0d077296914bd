/** True for errors, those of another realm (`vm`, Jest) too, which are no `instanceof Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
