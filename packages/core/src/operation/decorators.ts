import type { OperationKind } from "@runlight/conventions/names";
import type { WorkflowOptions } from "./begin-operation.ts";
import { wrapFunction } from "./wrap-function.ts";
import type { AnyFunction } from "./wrap-function.ts";

/** A method decorator of both dialects: TC39's standard and TypeScript's `experimentalDecorators`. */
export interface OperationDecorator {
  <F extends AnyFunction>(method: F, context: ClassMethodDecoratorContext): F;
  (target: object, key: string | symbol, descriptor: PropertyDescriptor): void;
}

/** Makes every call of a method a workflow. Default name: the method's. */
export function Workflow(name?: string, options?: WorkflowOptions): OperationDecorator {
  return decorate("workflow", name, options);
}

/** Makes every call of a method a stage. Default name: the method's. */
export function Stage(name?: string, options?: WorkflowOptions): OperationDecorator {
  return decorate("stage", name, options);
}

/** Makes every call of a method a pipeline. Default name: the method's. */
export function Pipeline(name?: string, options?: WorkflowOptions): OperationDecorator {
  return decorate("pipeline", name, options);
}

/** Makes every call of a method a kernel call. Default name: the method's. */
export function Kernel(name?: string, options?: WorkflowOptions): OperationDecorator {
  return decorate("kernel", name, options);
}

function decorate(
  kind: OperationKind,
  givenName: string | undefined,
  options: WorkflowOptions = {},
): OperationDecorator {
  if (givenName !== undefined && typeof givenName !== "string") {
    const decorator = `@${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    throw new TypeError(
      `Cannot decorate as ${kind}: name must be a text, current value is of type ${typeof givenName}; write ${decorator}() or ${decorator}("name")`,
    );
  }
  function decorator(target: unknown, context: unknown, descriptor?: PropertyDescriptor): unknown {
    const standard =
      typeof context === "object" && context !== null && "kind" in context ? (context as DecoratorContext) : undefined;
    const key = standard === undefined ? (context as string | symbol) : standard.name;
    const name = givenName ?? (typeof key === "symbol" ? (key.description ?? "") : String(key));
    const method = standard === undefined ? (descriptor?.value as unknown) : target;
    const what = standard === undefined ? describeLegacy(descriptor) : `a ${standard.kind}`;
    if (what !== "a method" || typeof method !== "function") {
      throw new TypeError(`Cannot decorate ${name} as ${kind}: it must be a method, current value is ${what}`);
    }
    const wrapped = wrapFunction(kind, name, method as AnyFunction, options);
    if (standard !== undefined) return wrapped;
    (descriptor as PropertyDescriptor).value = wrapped;
    return undefined;
  }
  return decorator as OperationDecorator;
}

function describeLegacy(descriptor: PropertyDescriptor | undefined): string {
  if (descriptor === undefined) return "a field or class";
  if (descriptor.get !== undefined || descriptor.set !== undefined) return "an accessor";
  return "a method";
}
