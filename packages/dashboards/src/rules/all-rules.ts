import type { AlertRule } from "./rule.ts";
import { runFailed } from "./run-failed.ts";
import { runLost } from "./run-lost.ts";

/** Every alert, in the order of the runbook. */
export const rules: readonly AlertRule[] = [runFailed, runLost];
