import { dataQualityFailed } from "./data-quality.ts";
import { childOutOfMemory, memoryCritical, memoryHigh, memoryLeak } from "./process-memory.ts";
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

/** Every alert, in the order of the runbook. */
export const rules: readonly AlertRule[] = [
  runFailed,
  runLost,
  runStuck,
  runStuckLong,
  runSlow,
  stageSlow,
  stageDrift,
  errorSpike,
  sloBurnFast,
  sloBurnSlow,
  dataQualityFailed,
  memoryLeak,
  memoryHigh,
  memoryCritical,
  childOutOfMemory,
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
