/** Longest delay that a timer takes: 2^31 - 1 ms, about 25 days. */
const maxDelayMs = 2 ** 31 - 1;

/** When to tell. Milliseconds. */
export interface WallTimeNoticeSettings {
  /** Unix time. */
  readonly endTimeMs: number;
  /** How long before. */
  readonly noticeMs: number;
}

/** Calls `tell` once, `noticeMs` before the end time, or at once where that is past; never where the end time itself is past. Keeps no process alive. */
export function startWallTimeNotice(
  { endTimeMs, noticeMs }: WallTimeNoticeSettings,
  tell: () => void,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    const delayMs = endTimeMs - noticeMs - Date.now();
    timer = setTimeout(
      () => (delayMs > maxDelayMs ? arm() : tell()),
      Math.min(Math.max(0, delayMs), maxDelayMs),
    ).unref();
  };
  // Whoever gave a time that is over has been granted more.
  if (endTimeMs > Date.now()) arm();
  return { stop: () => clearTimeout(timer) };
}
