const timeoutMs = 150_000;
const intervalMs = 250;

/**
 * How long a test waits for what was sent to be found, as `expect.poll()` and as `waitUntil()` take it.
 * The backends take some seconds until a search sees new data, and on a busy machine many.
 */
export const patience = { timeout: timeoutMs, interval: intervalMs, timeoutMs, intervalMs } as const;

/**
 * Asks a backend over HTTP and gives its JSON answer.
 *
 * @throws Error for another status than 200, with what it says.
 */
export async function ask<Answer>(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${url}?${new URLSearchParams(parameters).toString()}`);
  const text = await response.text();
  if (response.status !== 200)
    throw new Error(`${url} ${JSON.stringify(parameters)} answers ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}
