import { setTimeout as delay } from "node:timers/promises";

const pollIntervalMs = 200;
const requestTimeoutMs = 2_000;

/** Tells whether a URL answers 200 now. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Waits until a URL answers 200, its process ends, or the time is over; gives which of them came. */
export async function waitUntilReady(
  url: string,
  timeoutMs: number,
  isAlive: () => boolean,
): Promise<"ready" | "ended" | "timeout"> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    if (!isAlive()) return "ended";
    if (await isReady(url)) return "ready";
    if (Date.now() >= deadlineMs) return "timeout";
    await delay(pollIntervalMs);
  }
}
