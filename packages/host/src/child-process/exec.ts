import type { Outcome } from "@runlight/conventions/names";
import {
  ATTR_RUNLIGHT_OPERATION_NAME,
  EVENT_PROCESS_EXITED,
  METRIC_RUNLIGHT_PROCESS_OOM,
} from "@runlight/conventions/names";
import { countMetric, emitEvent, pipeline, runInside, stage } from "@runlight/core";
import type { Operation } from "@runlight/core";
import { childEnvironment } from "./child-environment.ts";
import { endError, ExecError } from "./exec-error.ts";
import type { ExecOptions } from "./exec-options.ts";
import { nothingCaptured } from "./exec-result.ts";
import type { ExecResult } from "./exec-result.ts";
import { execSettings } from "./exec-settings.ts";
import type { ExecSettings } from "./exec-settings.ts";
import { followChild } from "./follow-child.ts";
import type { FollowedChild } from "./follow-child.ts";
import { commandAttributes, endAttributes, startAttributes, tailAttributes } from "./process-attributes.ts";
import { startChild } from "./start-child.ts";
import { explainStart } from "./start-fault.ts";

/**
 * Runs a command as a pipeline, or as a stage: a span with its exit code or signal, its output as log records line by line and as it
 * came in a file of the run, its CPU time and peak memory with those of its descendants, and why it ended. `TRACEPARENT` and `BAGGAGE` in
 * its environment let its own telemetry join. No shell is between: arguments are passed as they are.
 *
 * Memory does not grow with the output, and the command waits where its output cannot be taken as fast as it comes.
 *
 * @throws ExecError when it does not exit with 0, unless `reject` is false
 * @throws TypeError when the command or an argument is no text
 * @throws RangeError when an option is out of its range
 */
export async function exec(
  command: string,
  args: readonly string[] = [],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const settings = execSettings(command, args, options);
  const operation = (settings.kind === "stage" ? stage : pipeline).start(settings.name, {
    ...options,
    attributes: { ...options.attributes, ...commandAttributes(settings) },
  });
  const { result, error } = await runInside(operation, () => runCommand(operation, settings));
  runInside(operation, () => tellEnd(operation, settings, result));
  const attributes = {
    ...commandAttributes(settings),
    ...startAttributes(result.pid, result.logFile),
    ...endAttributes(result),
  };
  if (error === undefined) operation.end("success", attributes);
  else operation.fail(error, { ...attributes, ...tailAttributes(result) });
  if (error !== undefined && settings.reject) throw error;
  return result;
}

/** What became of a command: its result, and the error where it did not end well. */
interface FinishedCommand {
  readonly result: ExecResult;
  readonly error: ExecError | undefined;
}

async function runCommand(operation: Operation, settings: ExecSettings): Promise<FinishedCommand> {
  const { command, args, executableName, signal } = settings;
  const resultOf = (followed: FollowedChild): ExecResult => ({
    command,
    args,
    durationSeconds: operation.durationSeconds,
    ...followed,
  });
  if (signal?.aborted === true) {
    const result = resultOf(unstarted("cancellation"));
    return { result, error: endError(executableName, result, signal.reason) };
  }
  const environment = childEnvironment(operation.context, settings.env);
  const child = await startChild(settings, environment).catch((error: unknown) => ({ error }));
  if ("error" in child) {
    const { code, message } = explainStart(child.error, settings, environment["PATH"] ?? "");
    const result = resultOf(unstarted(refusals.has(code) ? "error" : "failure"));
    return { result, error: new ExecError(message, code, result, child.error) };
  }
  const result = resultOf(await followChild(operation, settings, child));
  if (result.outcome === "success") return { result, error: undefined };
  return { result, error: endError(executableName, result, signal?.reason) };
}

/** Codes by which the system says that it has no room for one more process. */
const refusals: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOMEM"]);

function unstarted(outcome: Outcome): FollowedChild {
  return {
    outcome,
    cause: outcome === "cancellation" ? "cancellation" : "not_started",
    exitCode: undefined,
    signal: undefined,
    pid: undefined,
    stdout: nothingCaptured,
    stderr: nothingCaptured,
    logFile: undefined,
    logFileDroppedBytes: 0,
    cpuTimeSeconds: undefined,
    peakMemoryBytes: undefined,
    oomKills: undefined,
  };
}

function tellEnd(operation: Operation, settings: ExecSettings, result: ExecResult): void {
  if (result.cause === "out_of_memory")
    countMetric(METRIC_RUNLIGHT_PROCESS_OOM, 1, { [ATTR_RUNLIGHT_OPERATION_NAME]: operation.name });
  const how = result.exitCode === undefined ? (result.signal ?? result.cause) : `exit code ${result.exitCode}`;
  emitEvent({
    eventName: EVENT_PROCESS_EXITED,
    severity: "INFO",
    attributes: { ...commandAttributes(settings), ...endAttributes(result) },
    body: `${settings.executableName} ended in ${result.outcome}: ${how}`,
  });
}
