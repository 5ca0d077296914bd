import type { Attributes, Exception } from "@opentelemetry/api";
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from "@runlight/conventions/names";

/** What `recordException` puts on its event, as the stock SDK does: the type is the error's code before its name. */
export function exceptionAttributes(exception: Exception): Attributes {
  if (typeof exception === "string") return exception === "" ? {} : { [ATTR_EXCEPTION_MESSAGE]: exception };
  if (typeof exception !== "object" || exception === null) return {};
  const { code, name, message, stack } = exception;
  const type = code ? String(code) : name;
  if (!type && !message) return {};
  return {
    ...(type ? { [ATTR_EXCEPTION_TYPE]: type } : {}),
    ...(message ? { [ATTR_EXCEPTION_MESSAGE]: message } : {}),
    ...(stack ? { [ATTR_EXCEPTION_STACKTRACE]: stack } : {}),
  };
}
