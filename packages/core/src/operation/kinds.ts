import type { OperationKind } from "@runlight/conventions/names";
import { runBeside, runToCompletion } from "../completion/complete.ts";
import { beginPipeline, queueMethods } from "../queue/pipeline-api.ts";
import type { PipelineApi, PipelineOptions } from "../queue/pipeline-api.ts";
import { beginOperation } from "./begin-operation.ts";
import type { OperationOptions, WorkflowOptions } from "./begin-operation.ts";
import type { Operation } from "./operation.ts";
import { wrapFunction } from "./wrap-function.ts";
import type { AnyFunction, WrapOptions } from "./wrap-function.ts";

/** One kind of operation: run it now, wrap a function with it, or start it and end it by hand. */
export interface OperationApi<Options extends OperationOptions, Wrapping extends OperationOptions = Options> {
  /** Runs `body` as an operation now. What comes back is what `body` gives: synchronous stays synchronous. */
  <T>(name: string, body: (operation: Operation) => T): T;
  <T>(name: string, options: Options, body: (operation: Operation) => T): T;
  /** A function with the same signature, name and length whose every call is an operation. */
  wrap<F extends AnyFunction>(name: string, body: F): F;
  wrap<F extends AnyFunction>(name: string, options: Wrapping & WrapOptions, body: F): F;
  /** Starts an operation that its owner ends: `end()`, `fail(error)` or `using`. It does not become the ambient parent; run work inside it with `runInside`. */
  start(name: string, options?: Options): Operation;
}

/** One run of a workflow: begins a run with an id of its own. */
export const workflow: OperationApi<WorkflowOptions> = createOperationApi("workflow");

/** One step of a run. */
export const stage: OperationApi<OperationOptions> = createOperationApi("stage");

/** One run of a tool, often queued here and executed elsewhere. */
export const pipeline: PipelineApi = Object.assign(
  createOperationApi<PipelineOptions, "pipeline">("pipeline", beginPipeline),
  queueMethods,
);

/** One call of a compute kernel: a span and metrics, a record only when it fails. */
export const kernel: OperationApi<OperationOptions> = createOperationApi("kernel");

function createOperationApi<Options extends OperationOptions, Kind extends OperationKind = OperationKind>(
  kind: Kind,
  begin: (kind: Kind, name: string, options?: Options) => Operation = beginOperation,
): OperationApi<Options> {
  type Body<T> = (operation: Operation) => T;
  function run<T>(name: string, first: Body<T> | Options, second?: Body<T>): T {
    const options = second === undefined ? undefined : (first as Options);
    const body = bodyOf(kind, second ?? first) as Body<T>;
    const operation = begin(kind, name, options);
    return options?.synchronous === true ? runBeside(operation, body) : runToCompletion(operation, body);
  }
  function wrap<F extends AnyFunction>(name: string, ...rest: [F] | [Options & WrapOptions, F]): F {
    const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
    return wrapFunction(kind, name, bodyOf(`${kind}.wrap`, body) as F, options);
  }
  return Object.assign(run, { wrap, start: (name: string, options?: Options) => begin(kind, name, options) });
}

function bodyOf(action: string, body: unknown): unknown {
  if (typeof body !== "function")
    throw new TypeError(`Cannot run ${action}: body must be a function, current value is ${typeof body}`);
  return body;
}
