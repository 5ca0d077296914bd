import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from "@runlight/conventions/names";
import { boundText } from "./bounded-text.ts";
import { safeString } from "./operation-name.ts";

/** Longest message told, in UTF-16 units. */
export const maxMessageLength = 4096;
/** Longest stack told, in UTF-16 units. */
export const maxStackLength = 16_384;

/** An error as telemetry tells it. */
export interface ExceptionDescription {
  /** The error's name; the type of a thrown value that is no error. */
  readonly type: string;
  readonly message: string;
  /** The stack, followed by those of its causes. */
  readonly stacktrace: string | undefined;
}

/** Describes anything that can be thrown. Never throws. */
export function describeException(thrown: unknown): ExceptionDescription {
  try {
    if (!isErrorLike(thrown)) {
      return {
        type: thrown === null ? "null" : typeof thrown,
        message: boundText(safeString(thrown), maxMessageLength),
        stacktrace: undefined,
      };
    }
    return {
      type: boundText(safeString(thrown.name || thrown.constructor?.name || "Error"), 200),
      message: boundText(safeString(thrown.message), maxMessageLength),
      stacktrace: stackWithCauses(thrown),
    };
  } catch {
    return { type: "unknown", message: "[unprintable]", stacktrace: undefined };
  }
}

/** The attributes of a failed record: all of the exception the first time, only its type where it was told already. */
export function exceptionAttributes(exception: ExceptionDescription, first: boolean): Attributes {
  if (!first) return { [ATTR_ERROR_TYPE]: exception.type };
  return {
    [ATTR_ERROR_TYPE]: exception.type,
    [ATTR_EXCEPTION_TYPE]: exception.type,
    [ATTR_EXCEPTION_MESSAGE]: exception.message,
    ...(exception.stacktrace === undefined ? {} : { [ATTR_EXCEPTION_STACKTRACE]: exception.stacktrace }),
  };
}

/** Errors of another realm, and DOMExceptions, are no `instanceof Error`. */
function isErrorLike(thrown: unknown): thrown is Error {
  return (
    thrown instanceof Error ||
    (typeof thrown === "object" && thrown !== null && "message" in thrown && "name" in thrown)
  );
}

function stackWithCauses(error: Error): string | undefined {
  const stacks: string[] = [];
  const seen = new Set<unknown>();
  for (
    let current: unknown = error;
    isErrorLike(current) && !seen.has(current) && stacks.length < 8;
    current = current.cause
  ) {
    seen.add(current);
    stacks.push(typeof current.stack === "string" ? current.stack : `${current.name}: ${current.message}`);
  }
  return stacks.length === 0 ? undefined : boundText(stacks.join("\nCaused by: "), maxStackLength);
}
