import type { Attributes } from "@opentelemetry/api";
import { describeException, exceptionAttributes } from "@runlight/core";
import { isError } from "./is-error.ts";

/** Keys under which people hand an error to a logger. */
const errorKeys = ["error", "err", "exception"] as const;

/** An error found in what was logged, and the fields that told it. */
export interface LoggedError {
  readonly attributes: Attributes;
  readonly fields: readonly string[];
}

/**
 * Finds the error in what was logged: the entry itself, its message, a further argument, or a field `error`, `err` or `exception`.
 * Where winston has kept only a stack, that.
 */
export function findError(entry: object, furtherArguments: readonly unknown[]): LoggedError | undefined {
  const fields = entry as Readonly<Record<string, unknown>>;
  const whole = [entry, fields["message"], ...furtherArguments].find(isError);
  if (whole !== undefined) return told(whole, ["stack", "cause"]);
  const key = errorKeys.find((name) => isError(fields[name]));
  if (key !== undefined) return told(fields[key], [key]);
  return typeof fields["stack"] === "string"
    ? told(errorFrom(fields["message"], fields["stack"]), ["stack", "cause"])
    : undefined;
}

function told(error: unknown, fields: readonly string[]): LoggedError {
  return { attributes: exceptionAttributes(describeException(error), true), fields };
}

/** A child logger copies an error's parts and loses its class; the stack's first line has it. */
function errorFrom(message: unknown, stack: string): object {
  return { name: /^([\w$.]+)(?::|$)/m.exec(stack)?.[1] ?? "Error", message: String(message), stack };
}
