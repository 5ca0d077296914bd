import { context } from "@opentelemetry/api";
import type { Operation } from "../operation/operation.ts";
import { completeEmitter, isEventEmitter } from "./event-emitter.ts";
import { completeIterator, isIterator } from "./iterator.ts";
import { completeThenable, isThenable } from "./thenable.ts";
import { completeReadable, completeWritable } from "./web-stream.ts";

/**
 * Runs `body` inside the operation and ends the operation when the work is done: at the return or throw of a synchronous function,
 * at the settling of a promise, at the end of a generator, iterator, stream or event emitter. What comes back is what `body` gave;
 * only a promise is another promise of the same class.
 */
export function runToCompletion<T>(operation: Operation, body: (operation: Operation) => T): T {
  let result: T;
  try {
    // No closure: that would be memory for each call.
    result = context.with(operation.context, body, undefined, operation);
  } catch (error) {
    operation.fail(error);
    throw error;
  }
  return completeWith(operation, result);
}

/** The same without entering the operation's context: what `body` does belongs to the operation around. */
export function runBeside<T>(operation: Operation, body: (operation: Operation) => T): T {
  let result: T;
  try {
    result = body(operation);
  } catch (error) {
    operation.fail(error);
    throw error;
  }
  return completeWith(operation, result);
}

/** Ends the operation when `result` is done, and gives `result` back. */
function completeWith<T>(operation: Operation, result: T): T {
  if (typeof result !== "object" || result === null) {
    operation.end();
    return result;
  }
  // Looking at a stranger's object may run its getters; what they throw is not the job's business.
  try {
    if (isThenable(result)) return completeThenable(operation, result) as T;
    if (isEventEmitter(result)) return completeEmitter(operation, result) as T;
    if (result instanceof ReadableStream) return completeReadable(operation, result) as T;
    if (result instanceof WritableStream) return completeWritable(operation, result) as T;
    if (isIterator(result)) return completeIterator(operation, result) as T;
  } catch {
    // Falls through to a plain value.
  }
  operation.end();
  return result;
}
