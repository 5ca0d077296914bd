import { randomBytes } from "node:crypto";

const pattern = /^\d{8}_\d{6}-[0-9a-f]{8}$/u;

/** A new run id that sorts by time: `20261122_142501-7f3a9c1e`, UTC. */
export function createRunId(timeMs: number): string {
  const [date, time] = new Date(timeMs).toISOString().split("T") as [string, string];
  return `${date.replaceAll("-", "")}_${time.slice(0, 8).replaceAll(":", "")}-${randomBytes(4).toString("hex")}`;
}

/** True for text that has the form of a run id. */
export function isRunId(text: string): boolean {
  return pattern.test(text);
}
