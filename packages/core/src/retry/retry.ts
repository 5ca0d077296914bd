import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_OPERATION_ATTEMPT,
  ATTR_RUNLIGHT_OPERATION_NAME,
  ATTR_RUNLIGHT_OPERATION_OUTCOME,
  ATTR_RUNLIGHT_RECOVERY_DELAY,
  ATTR_RUNLIGHT_RECOVERY_STRATEGY,
  EVENT_RECOVERY_APPLIED,
  EVENT_RECOVERY_EXHAUSTED,
  EVENT_RECOVERY_RETRIED,
  METRIC_RUNLIGHT_RECOVERY_ATTEMPTS,
} from "@runlight/conventions/names";
import type { EventName, Outcome } from "@runlight/conventions/names";
import pRetry from "p-retry";
import type { RetryContext } from "p-retry";
import { stage } from "../operation/kinds.ts";
import type { Operation } from "../operation/operation.ts";
import { outcomeOf } from "../operation/outcome.ts";
import { describeException } from "../record/exception.ts";
import { operationName } from "../record/operation-name.ts";
import { countMetric, emitEvent } from "../run/events.ts";
import { retrySettings, strategyFor } from "./retry-options.ts";
import type { RetryOptions, RetrySettings } from "./retry-options.ts";

/** Carries whatever an attempt threw through the library, which takes errors only and has opinions on some. */
class FailedAttempt extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super("attempt failed");
    this.thrown = thrown;
  }
}

/**
 * Runs `body` as a stage, again and again until it succeeds or is given up: each attempt is a child stage `<name> attempt` with its number,
 * the delays grow by `factor` with jitter, giving up is told once. Rejects with what the last attempt threw.
 * @throws RangeError when an option is out of its range.
 */
export async function retry<T>(
  name: string,
  options: RetryOptions,
  body: (attempt: Operation, number: number) => PromiseLike<T> | T,
): Promise<T> {
  const settings = retrySettings(options);
  const label = operationName(name);
  return stage(label, options, async () => {
    try {
      return await pRetry((number) => attempt(label, number, body), {
        retries: settings.attempts - 1,
        minTimeout: settings.minDelayMs,
        maxTimeout: settings.maxDelayMs,
        factor: settings.factor,
        randomize: settings.jitter,
        signal: options.signal,
        shouldRetry: (failure) => recover(failure, settings),
      });
    } catch (error) {
      const thrown = error instanceof FailedAttempt ? error.thrown : error;
      tell(
        EVENT_RECOVERY_EXHAUSTED,
        "ERROR",
        { [ATTR_ERROR_TYPE]: describeException(thrown).type },
        `gave up ${label}`,
      );
      throw thrown;
    }
  });
}

async function attempt<T>(
  name: string,
  number: number,
  body: (attempt: Operation, number: number) => PromiseLike<T> | T,
): Promise<T> {
  const count = (outcome: Outcome): void =>
    countMetric(METRIC_RUNLIGHT_RECOVERY_ATTEMPTS, 1, {
      [ATTR_RUNLIGHT_OPERATION_NAME]: name,
      [ATTR_RUNLIGHT_OPERATION_OUTCOME]: outcome,
    });
  try {
    const result = await stage(
      `${name} attempt`,
      { attributes: { [ATTR_RUNLIGHT_OPERATION_ATTEMPT]: number } },
      async (operation) => body(operation, number),
    );
    count("success");
    return result;
  } catch (error) {
    count(outcomeOf(error));
    throw new FailedAttempt(error);
  }
}

/** Applies the strategy for the error; true when another attempt follows. */
async function recover(failure: RetryContext, settings: RetrySettings): Promise<boolean> {
  const thrown = failure.error instanceof FailedAttempt ? failure.error.thrown : failure.error;
  const strategy = strategyFor(thrown, settings.strategies);
  if (strategy?.action === "give-up" || (strategy === undefined && outcomeOf(thrown) === "cancellation")) return false;
  const facts = {
    [ATTR_RUNLIGHT_OPERATION_ATTEMPT]: failure.attemptNumber,
    [ATTR_ERROR_TYPE]: describeException(thrown).type,
  };
  if (typeof strategy?.action === "function") {
    await strategy.action(thrown, failure.attemptNumber);
    tell(
      EVENT_RECOVERY_APPLIED,
      "INFO",
      { ...facts, [ATTR_RUNLIGHT_RECOVERY_STRATEGY]: strategy.name },
      `applied ${strategy.name}`,
    );
  }
  tell(
    EVENT_RECOVERY_RETRIED,
    "WARN",
    { ...facts, [ATTR_RUNLIGHT_RECOVERY_DELAY]: failure.retryDelay / 1000 },
    `attempt ${failure.attemptNumber} failed`,
  );
  return true;
}

function tell(eventName: EventName, severity: "ERROR" | "INFO" | "WARN", attributes: Attributes, body: string): void {
  emitEvent({ eventName, severity, attributes, body });
}
