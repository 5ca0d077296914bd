import { ATTR_EXCEPTION_ESCAPED, EVENT_EXCEPTION } from "@runlight/conventions/names";
import { describeException, emitEvent, exceptionAttributes } from "@runlight/core";

/**
 * Writes a record of an exception that leaves the process: uncaught, or a rejection nobody handled. It only looks on, so
 * exit code, printed stack and the program's own listeners stay as they are. A rejection that the program handles with
 * an `unhandledRejection` listener, or that Node.js is told to only warn of, has not left the process.
 */
export function startExceptionHook(): { stop(): void } {
  const onUncaught = (thrown: unknown): void => {
    emitEvent({
      eventName: EVENT_EXCEPTION,
      severity: "FATAL",
      attributes: { ...exceptionAttributes(describeException(thrown), true), [ATTR_EXCEPTION_ESCAPED]: true },
    });
  };
  process.on("uncaughtExceptionMonitor", onUncaught);
  return { stop: () => void process.off("uncaughtExceptionMonitor", onUncaught) };
}
