import type { OperationOptions } from "../operation/begin-operation.ts";

/** What to do about one class of errors. */
export interface RecoveryStrategy {
  /** Name told in `recovery.applied`. */
  readonly name: string;
  /** The class of the errors it is for, or a test of them. The first strategy that matches is taken. */
  readonly error: (abstract new (...values: never[]) => Error) | ((error: unknown) => boolean);
  /** `retry` tries again, `give-up` does not; a function does what mends the cause (frees a cache, opens a connection) before the next attempt. */
  readonly action: "give-up" | "retry" | ((error: unknown, attempt: number) => Promise<void> | void);
}

/** How often, how soon and after which errors to try again. */
export interface RetryOptions extends OperationOptions {
  /** Attempts in all, 1 to 1,000. Default 3. */
  readonly attempts?: number;
  /** Delay before the second attempt, in milliseconds. Default 1,000. */
  readonly minDelayMs?: number;
  /** Longest delay, in milliseconds. Default 60,000. */
  readonly maxDelayMs?: number;
  /** Growth of the delay from attempt to attempt, 1 or more. Default 2. */
  readonly factor?: number;
  /** Multiply each delay by a random number between 1 and 2, so that many do not try again together. Default true. */
  readonly jitter?: boolean;
  /** Ends the waiting; an attempt under way goes on until it settles. */
  readonly signal?: AbortSignal;
  /** Strategies by class of error. Default: every error is tried again, but an AbortError. */
  readonly strategies?: readonly RecoveryStrategy[];
}

/** The options with their defaults, checked. */
export type RetrySettings = Required<Omit<RetryOptions, keyof OperationOptions | "signal">>;

/**
 * Fills in the defaults.
 * @throws RangeError when a number is out of its range.
 */
export function retrySettings(options: RetryOptions): RetrySettings {
  const { attempts = 3, minDelayMs = 1000, maxDelayMs = 60_000, factor = 2, jitter = true, strategies = [] } = options;
  requireRange("attempts", attempts, [1, 1000], "whole number");
  requireRange("minDelayMs", minDelayMs, [0, 86_400_000]);
  requireRange("maxDelayMs", maxDelayMs, [minDelayMs, 86_400_000]);
  requireRange("factor", factor, [1, 100]);
  return { attempts, minDelayMs, maxDelayMs, factor, jitter, strategies };
}

function requireRange(
  name: string,
  value: number,
  [min, max]: readonly [number, number],
  kind: "number" | "whole number" = "number",
): void {
  if (value >= min && value <= max && (kind === "number" || Number.isInteger(value))) return;
  throw new RangeError(
    `Cannot retry: options.${name} must be a ${kind} from ${min} to ${max}, current value is ${value}`,
  );
}

/** The strategy for an error: the first that matches. */
export function strategyFor(error: unknown, strategies: readonly RecoveryStrategy[]): RecoveryStrategy | undefined {
  return strategies.find(({ error: wanted }) => (isErrorClass(wanted) ? error instanceof wanted : wanted(error)));
}

function isErrorClass(wanted: RecoveryStrategy["error"]): wanted is abstract new (...values: never[]) => Error {
  return wanted === Error || wanted.prototype instanceof Error;
}
