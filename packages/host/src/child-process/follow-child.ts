import { join } from "node:path";
import { isSpanContextValid } from "@opentelemetry/api";
import { ATTR_WORKFLOW_EXECUTION_ID, EVENT_PROCESS_STARTED } from "@runlight/conventions/names";
import { emitEvent, operationAttributes } from "@runlight/core";
import type { Operation } from "@runlight/core";
import type { ExecResult } from "./exec-result.ts";
import type { ExecSettings } from "./exec-settings.ts";
import { captureOutput } from "./output/capture-output.ts";
import { fileNameOf, createLogFile } from "./output/log-file.ts";
import type { LogFilePlace } from "./output/log-file.ts";
import { commandAttributes, startAttributes } from "./process-attributes.ts";
import type { StartedChild } from "./start-child.ts";
import { watchChild } from "./watch-child.ts";

/** What following a process gives of its command's result. */
export type FollowedChild = Omit<ExecResult, "args" | "command" | "durationSeconds">;

/** Follows a process that has just been started, within an operation: its output, its use of the machine, its end. */
export async function followChild(
  operation: Operation,
  settings: ExecSettings,
  child: StartedChild,
): Promise<FollowedChild> {
  const { control, ended } = watchChild(child, settings);
  const place = logFilePlace(operation, settings);
  const logFile = place === undefined ? undefined : createLogFile(place, settings.maxLogFileBytes);
  // Reading begins before anything is waited for: Node.js throws away what nobody reads when the process ends.
  const output = captureOutput(child, {
    context: operation.context,
    settings,
    logFile,
    onReaderLeft: () => control.readerLeft(),
  });
  const logFilePath = await logFile?.opened;
  const started = startAttributes(child.pid, logFilePath);
  operation.setAttributes(started);
  emitEvent({
    eventName: EVENT_PROCESS_STARTED,
    severity: "DEBUG",
    attributes: { ...commandAttributes(settings), ...started },
    body: `${settings.executableName} started as process ${child.pid}`,
  });
  const end = await ended;
  await output.finish();
  control.stop();
  return {
    ...end,
    pid: child.pid,
    stdout: output.captured("stdout"),
    stderr: output.captured("stderr"),
    logFile: logFilePath,
    logFileDroppedBytes: logFile?.droppedBytes ?? 0,
  };
}

/** Without telemetry, and outside of a run, nothing is written that was not asked for. */
function logFilePlace(operation: Operation, settings: ExecSettings): LogFilePlace | undefined {
  if (settings.logFile === false) return undefined;
  if (settings.logFile !== undefined) return { path: settings.logFile };
  const runId = operationAttributes(operation.context)[ATTR_WORKFLOW_EXECUTION_ID];
  if (typeof runId !== "string" || !isSpanContextValid(operation.spanContext)) return undefined;
  return { directory: join(settings.directory, "runs", runId), name: fileNameOf(operation.name) };
}
