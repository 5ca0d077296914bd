import {
  ATTR_RUNLIGHT_ETA_SECONDS,
  ATTR_RUNLIGHT_HEARTBEAT_INTERVAL,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_OPEN_OPERATIONS,
  EVENT_WORKFLOW_HEARTBEAT,
} from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { memoryReading } from "../operation/memory.ts";
import type { Operation } from "../operation/operation.ts";
import { progressAttributes } from "../operation/progress.ts";
import { sharedState } from "../shared-state.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { recordInRun } from "./run-records.ts";
import type { Run } from "./run.ts";

/** Most open operations a heartbeat names. */
export const maxOpenOperations = 32;

const memoryIntervalMs = 1000;

/** Lets the run tell at intervals that it is at work, and follows its memory in between. Keeps no process alive. */
export function startHeartbeat(run: Run, root: Operation): { stop(): void } {
  let timer = schedule();
  const sampler = setInterval(() => sample(run), memoryIntervalMs).unref();

  function schedule(): NodeJS.Timeout {
    const intervalMs = sharedState().heartbeatIntervalMs;
    // Jitter, so that a thousand ranks begun together do not beat together.
    const delayMs = intervalMs * (0.9 + 0.1 * Math.random());
    return setTimeout(() => {
      beat(run, root, intervalMs);
      timer = schedule();
    }, delayMs).unref();
  }

  return {
    stop() {
      clearTimeout(timer);
      clearInterval(sampler);
    },
  };
}

function sample(run: Run): void {
  const { residentBytes } = memoryReading();
  for (const operation of run.open) operation.sampleMemory(residentBytes);
}

function beat(run: Run, root: Operation, intervalMs: number): void {
  run.lastHeartbeatMs = now();
  const memory = memoryReading(run.lastHeartbeatMs);
  const secondsLeft = run.secondsLeft(run.lastHeartbeatMs);
  const open = [...run.open].slice(0, maxOpenOperations).map((operation) => `${operation.kind} ${operation.name}`);
  const record = {
    eventName: EVENT_WORKFLOW_HEARTBEAT,
    severity: "DEBUG",
    timeMs: run.lastHeartbeatMs,
    attributes: {
      ...root.innerAttributes,
      [ATTR_RUNLIGHT_OPEN_OPERATIONS]: open,
      [ATTR_RUNLIGHT_HEARTBEAT_INTERVAL]: intervalMs / 1000,
      [ATTR_RUNLIGHT_MEMORY_END]: memory.residentBytes,
      [ATTR_RUNLIGHT_MEMORY_PEAK]: memory.highWaterBytes,
      ...progressAttributes(run.progress),
      ...(secondsLeft === undefined ? {} : { [ATTR_RUNLIGHT_ETA_SECONDS]: secondsLeft }),
    },
  } as const;
  operationSink().emit(record, root.context);
  recordInRun(run, record, root.spanContext);
}
