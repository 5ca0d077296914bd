import { EventEmitter, errorMonitor } from "node:events";
import type { Operation } from "../operation/operation.ts";

/** True for Node streams, child processes and other event emitters. */
export function isEventEmitter(value: object): value is EventEmitter {
  return value instanceof EventEmitter;
}

/**
 * Ends the operation at the emitter's `end`, `finish` or `close`, or at a child's `exit` with its code or signal; fails it at its `error`. Errors
 * are only watched: an emitter without an `error` listener still crashes the process. One that is done already ends it at once.
 */
export function completeEmitter<T extends EventEmitter>(operation: Operation, emitter: T): T {
  const failed = (error: unknown): void => operation.fail(error);
  const ended = (): void => operation.end();
  const exited = (code: unknown, signal: unknown): void => {
    if (typeof signal === "string") operation.end("error");
    else operation.end(code === 0 || typeof code !== "number" ? "success" : "failure");
  };
  const { closed, errored, exitCode, signalCode } = emitter as Readonly<Record<string, unknown>>;
  // Only a child has a signal's code, and only a stream an error of its own: what else is called `closed` may open again.
  if (typeof signalCode === "string" || (signalCode === null && typeof exitCode === "number")) {
    exited(exitCode, signalCode);
    return emitter;
  }
  if (closed === true && errored !== undefined) {
    if (errored === null) ended();
    else failed(errored);
    return emitter;
  }
  emitter.prependListener(errorMonitor, failed);
  emitter.prependListener("exit", exited);
  // A duplex stream is done when both its sides are, which its close tells; only a stream of one side may not close itself.
  const oneSided = isOneSided(emitter);
  for (const name of oneSided ? ["end", "finish", "close"] : ["close"]) emitter.prependListener(name, ended);
  return emitter;
}

function isOneSided(emitter: EventEmitter): boolean {
  const { readable, writable } = emitter as { readonly readable?: unknown; readonly writable?: unknown };
  return !(readable === true && writable === true);
}
