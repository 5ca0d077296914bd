import {
  ATTR_RUNLIGHT_CHECKPOINT_DURATION,
  ATTR_RUNLIGHT_CHECKPOINT_OUTCOME,
  EVENT_WORKFLOW_CHECKPOINT,
} from "@runlight/conventions/names";
import { describeException, emitEventInRuns, exceptionAttributes } from "@runlight/core";
import type { CheckpointReason, TelemetryConfig } from "../config/telemetry-config.ts";

type Checkpoint = NonNullable<TelemetryConfig["checkpoint"]>;

/** Calls the program's checkpoint, waits for it at most `timeoutMs` and records how it came out. Never rejects. */
export async function runCheckpoint(
  checkpoint: Checkpoint,
  reason: CheckpointReason,
  timeoutMs: number,
): Promise<void> {
  const startMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<"timeout">((resolve) => {
    timer = setTimeout(resolve, timeoutMs, "timeout");
  });
  const done = (async () => {
    await checkpoint(reason);
    return "success" as const;
  })();
  try {
    record(await Promise.race([done, tooLate]), startMs);
  } catch (error) {
    record("failure", startMs, error);
  } finally {
    clearTimeout(timer);
  }
}

function record(outcome: "failure" | "success" | "timeout", startMs: number, thrown?: unknown): void {
  const seconds = (performance.now() - startMs) / 1000;
  emitEventInRuns({
    eventName: EVENT_WORKFLOW_CHECKPOINT,
    severity: outcome === "success" ? "INFO" : "ERROR",
    attributes: {
      [ATTR_RUNLIGHT_CHECKPOINT_OUTCOME]: outcome,
      [ATTR_RUNLIGHT_CHECKPOINT_DURATION]: seconds,
      ...(outcome === "failure" ? exceptionAttributes(describeException(thrown), true) : {}),
    },
    body: outcome === "timeout" ? "the checkpoint did not end in time" : `the checkpoint ended in ${outcome}`,
  });
}
