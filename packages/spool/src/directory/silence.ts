import { ATTR_RUNLIGHT_HEARTBEAT_INTERVAL, EVENT_WORKFLOW_HEARTBEAT } from "@runlight/conventions/names";
import { decodeLogs } from "../otlp/decode-logs.ts";
import { readFrames } from "../segment/read-frames.ts";
import { listSegments } from "../segment/segment-files.ts";

/** So many intervals of heartbeats may pass without one. */
const missedBeats = 3;
const leastSilenceMs = 60_000;
/** No heartbeat is slower than once an hour, so a longer silence needs no look at the last one. */
const mostSilenceMs = missedBeats * 60 * 60 * 1000;

/**
 * Whether a process on another host has fallen silent: it wrote nothing for three intervals of its last heartbeat, and a minute at least.
 * Only between a minute and three hours of silence is its spool read for that heartbeat, from its end.
 */
export function isSilent(directory: string, lastWriteMs: number): boolean {
  const silenceMs = Date.now() - lastWriteMs;
  if (silenceMs <= leastSilenceMs) return false;
  return silenceMs > mostSilenceMs || silenceMs > missedBeats * lastIntervalMs(directory);
}

/** The interval that the last heartbeat of a spool announced; 0 where there is none. */
function lastIntervalMs(directory: string): number {
  for (const { number } of listSegments(directory).toReversed()) {
    let found: number | undefined;
    for (const frame of readFrames(directory, { signals: ["logs"], segment: number })) {
      found = intervalMs(frame.bytes) ?? found;
    }
    if (found !== undefined) return found;
  }
  return 0;
}

function intervalMs(bytes: Uint8Array): number | undefined {
  try {
    const beat = decodeLogs(bytes).findLast((record) => record.eventName === EVENT_WORKFLOW_HEARTBEAT);
    const seconds = beat?.attributes[ATTR_RUNLIGHT_HEARTBEAT_INTERVAL];
    return typeof seconds === "number" ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}
