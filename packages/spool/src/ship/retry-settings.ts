/** How a refused request is tried again: for ever, ever more seldom. */
export interface RetrySettings {
  /** Wait after the first failure, in milliseconds; doubles with each further one. Default 500. */
  readonly initialDelayMs: number;
  /** Upper bound of the wait, in milliseconds. Default 30 000. */
  readonly maxDelayMs: number;
}

/** Half a second at first, half a minute at most. */
export const defaultRetry: RetrySettings = { initialDelayMs: 500, maxDelayMs: 30_000 };
