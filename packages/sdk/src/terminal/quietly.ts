/** Runs `action`; false when it threw. What the display does wrong must not reach the job. */
export function quietly(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
