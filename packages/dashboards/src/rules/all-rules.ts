import { dataQualityFailed } from "./data-quality.ts";
import { diskFilling, diskFull } from "./disk.ts";
import { childOutOfMemory, memoryCritical, memoryHigh, memoryLeak } from "./process-memory.ts";
import { queueGrowing, queueUnread } from "./queue.ts";
import type { AlertRule } from "./rule.ts";
import { runFailed } from "./run-failed.ts";
import { runLost } from "./run-lost.ts";
import { runSlow } from "./run-slow.ts";
import { runStuck, runStuckLong } from "./run-stuck.ts";
import { spoolGrowing, spoolGrowingLong, telemetryDropped } from "./shipping.ts";
import { sloBurnFast, sloBurnSlow } from "./slo-burn.ts";
import {
  collectorQueueFilling,
  collectorRefusing,
  noData,
  pagingBroken,
  stackPartDown,
  watchdog,
} from "./stack-health.ts";
import { stageDrift } from "./stage-drift.ts";
import { errorSpike } from "./stage-errors.ts";
import { stageSlow } from "./stage-slow.ts";
import { wallTimeNear } from "./wall-time.ts";

/** Every alert, in the order of the runbook. */
export const rules: readonly AlertRule[] = [
  runFailed,
  runLost,
  runStuck,
  runStuckLong,
  runSlow,
  wallTimeNear,
  stageSlow,
  stageDrift,
  errorSpike,
  sloBurnFast,
  sloBurnSlow,
  queueGrowing,
  queueUnread,
  dataQualityFailed,
  memoryLeak,
  memoryHigh,
  memoryCritical,
  childOutOfMemory,
  diskFilling,
  diskFull,
  telemetryDropped,
  spoolGrowing,
  spoolGrowingLong,
  collectorRefusing,
  collectorQueueFilling,
  stackPartDown,
  noData,
  pagingBroken,
  watchdog,
];
