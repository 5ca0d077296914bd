import { context } from "@opentelemetry/api";
import type { Operation } from "./operation.ts";

/** Runs `body` in the operation's context. */
export function runInside<T>(operation: Operation, body: () => T): T {
  return context.with(operation.context, body);
}
