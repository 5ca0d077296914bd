import type { OperationKind } from "@runlight/conventions/names";
import { runBeside, runToCompletion } from "../completion/complete.ts";
import { beginOperation } from "./begin-operation.ts";
import type { WorkflowOptions } from "./begin-operation.ts";
import type { Operation } from "./operation.ts";
import { runInside } from "./run-inside.ts";

/** Any function: what can be wrapped. */
// oxlint-disable-next-line typescript/no-explicit-any -- only `any` accepts every signature
export type AnyFunction = (...values: any[]) => unknown;

/** How a function is wrapped. */
export interface WrapOptions {
  /** The function tells its end by calling its last argument, `(error, ...results)`. Default false: its return tells. */
  readonly callback?: boolean;
}

/** A function with the signature, `this`, name and length of `body`, whose every call is an operation. */
export function wrapFunction<F extends AnyFunction>(
  kind: OperationKind,
  name: string,
  body: F,
  options: WorkflowOptions & WrapOptions,
): F {
  const wrapped = function (this: unknown, ...values: unknown[]): unknown {
    const operation = beginOperation(kind, name, options);
    if (options.callback === true && typeof values.at(-1) === "function")
      return callWithCallback(operation, body, this, values);
    const call = (): unknown => Reflect.apply(body, this, values) as unknown;
    return options.synchronous === true ? runBeside(operation, call) : runToCompletion(operation, call);
  };
  Object.defineProperty(wrapped, "name", { value: body.name, configurable: true });
  Object.defineProperty(wrapped, "length", { value: body.length, configurable: true });
  return wrapped as F;
}

/** The operation ends when the callback is called, with its first argument as the error; the callback itself runs outside. */
function callWithCallback(operation: Operation, body: AnyFunction, self: unknown, values: readonly unknown[]): unknown {
  const callback = values.at(-1) as AnyFunction;
  const told = function (this: unknown, ...results: unknown[]): unknown {
    if (results[0] === undefined || results[0] === null) operation.end();
    else operation.fail(results[0]);
    return Reflect.apply(callback, this, results);
  };
  try {
    return runInside(operation, () => Reflect.apply(body, self, [...values.slice(0, -1), told]) as unknown);
  } catch (error) {
    operation.fail(error);
    throw error;
  }
}
