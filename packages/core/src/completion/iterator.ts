import type { Operation } from "../operation/operation.ts";
import { runInside } from "../operation/run-inside.ts";

type Step = (...values: unknown[]) => unknown;

/** True for generators and other iterators, synchronous or not; not for mere iterables such as arrays. */
export function isIterator(value: object): value is Record<"next", Step> {
  return (
    "next" in value && typeof value.next === "function" && (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

/**
 * Ends the operation when the iterator is done, returned or fails, and runs each of its steps inside the operation. The iterator itself comes
 * back, its `next`, `return` and `throw` watched.
 */
export function completeIterator<T extends Record<"next", Step>>(operation: Operation, iterator: T): T {
  for (const name of ["next", "return", "throw"] as const) {
    const original = (iterator as Partial<Record<string, unknown>>)[name];
    if (typeof original !== "function") continue;
    Object.defineProperty(iterator, name, {
      configurable: true,
      writable: true,
      value: (...values: unknown[]) => step(operation, () => Reflect.apply(original, iterator, values) as unknown),
    });
  }
  return iterator;
}

function step(operation: Operation, body: () => unknown): unknown {
  try {
    const result = runInside(operation, body);
    if (!(result instanceof Promise)) return endWhenDone(operation, result);
    return result.then(
      (settled: unknown) => endWhenDone(operation, settled),
      (error: unknown) => {
        operation.fail(error);
        throw error;
      },
    );
  } catch (error) {
    operation.fail(error);
    throw error;
  }
}

function endWhenDone<T>(operation: Operation, result: T): T {
  if ((result as { readonly done?: unknown } | undefined)?.done === true) operation.end();
  return result;
}
