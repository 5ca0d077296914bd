import type { Operation } from "../operation/operation.ts";

/** True for promises and whatever else can be awaited. */
export function isThenable(value: object): value is PromiseLike<unknown> {
  return "then" in value && typeof value.then === "function";
}

/**
 * Ends the operation when the promise settles. A native promise comes back as a promise of its class, so that an unhandled rejection stays
 * unhandled; a lazy thenable (a query builder) comes back as itself, its `then` watched and not called before its user calls it.
 */
export function completeThenable(operation: Operation, result: PromiseLike<unknown>): PromiseLike<unknown> {
  const fulfilled = (value: unknown): unknown => {
    operation.end();
    return value;
  };
  const rejected = (error: unknown): never => {
    operation.fail(error);
    throw error;
  };
  if (result instanceof Promise) return result.then(fulfilled, rejected);
  // oxlint-disable-next-line typescript/unbound-method -- called below with its thenable as `this`
  const original = result.then;
  // oxlint-disable-next-line unicorn/no-thenable -- a thenable is watched here
  Object.defineProperty(result, "then", {
    configurable: true,
    writable: true,
    value(onFulfilled?: (value: unknown) => unknown, onRejected?: (error: unknown) => unknown): unknown {
      return Reflect.apply(original, result, [
        (value: unknown) => {
          operation.end();
          return onFulfilled === undefined || onFulfilled === null ? value : onFulfilled(value);
        },
        (error: unknown) => {
          operation.fail(error);
          if (onRejected === undefined || onRejected === null) throw error;
          return onRejected(error);
        },
      ]);
    },
  });
  return result;
}
