import { ATTR_RUNLIGHT_HEARTBEAT_INTERVAL, EVENT_WORKFLOW_HEARTBEAT } from "@runlight/conventions/names";
import { decodeLogs } from "../otlp/decode-logs.ts";
import { readFrames } from "../segment/read-frames.ts";

const leastSilenceMs = 60_000;

/**
 * How long a process on another host may write nothing before it counts as silent: three intervals of its last heartbeat, a minute at least.
 * Reads the whole spool, so it is asked only of one that has written nothing for that minute.
 */
export function toleratedSilenceMs(directory: string): number {
  let intervalMs = 0;
  for (const frame of readFrames(directory, { signals: ["logs"] }))
    intervalMs = lastInterval(frame.bytes) ?? intervalMs;
  return Math.max(leastSilenceMs, 3 * intervalMs);
}

/** True when so little time has passed that no process counts as silent. */
export function isRecent(lastWriteMs: number): boolean {
  return Date.now() - lastWriteMs <= leastSilenceMs;
}

function lastInterval(bytes: Uint8Array): number | undefined {
  try {
    const beat = decodeLogs(bytes).findLast((record) => record.eventName === EVENT_WORKFLOW_HEARTBEAT);
    const seconds = beat?.attributes[ATTR_RUNLIGHT_HEARTBEAT_INTERVAL];
    return typeof seconds === "number" ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}
