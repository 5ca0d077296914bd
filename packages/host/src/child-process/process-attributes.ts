import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_PROCESS_COMMAND_ARGS,
  ATTR_PROCESS_EXECUTABLE_NAME,
  ATTR_PROCESS_EXIT_CODE,
  ATTR_PROCESS_PID,
  ATTR_RUNLIGHT_PROCESS_CPU_TIME,
  ATTR_RUNLIGHT_PROCESS_END_CAUSE,
  ATTR_RUNLIGHT_PROCESS_LOG_FILE,
  ATTR_RUNLIGHT_PROCESS_LOG_FILE_DROPPED,
  ATTR_RUNLIGHT_PROCESS_MEMORY_PEAK,
  ATTR_RUNLIGHT_PROCESS_OOM_KILLS,
  ATTR_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED,
  ATTR_RUNLIGHT_PROCESS_SIGNAL,
  ATTR_RUNLIGHT_PROCESS_STDERR_SIZE,
  ATTR_RUNLIGHT_PROCESS_STDERR_TAIL,
  ATTR_RUNLIGHT_PROCESS_STDOUT_SIZE,
  ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL,
} from "@runlight/conventions/names";
import type { ExecResult } from "./exec-result.ts";
import type { ExecSettings } from "./exec-settings.ts";

/** What is known of a command before it starts. */
export function commandAttributes({ executableName, command, args, recordArguments }: ExecSettings): Attributes {
  return {
    [ATTR_PROCESS_EXECUTABLE_NAME]: executableName,
    ...(recordArguments ? { [ATTR_PROCESS_COMMAND_ARGS]: [command, ...args] } : {}),
  };
}

/** What is known once it runs. */
export function startAttributes(pid: number | undefined, logFile: string | undefined): Attributes {
  return known({ [ATTR_PROCESS_PID]: pid, [ATTR_RUNLIGHT_PROCESS_LOG_FILE]: logFile });
}

/** What is known when it has ended. */
export function endAttributes(result: ExecResult): Attributes {
  const { stdout, stderr, oomKills } = result;
  return known({
    [ATTR_RUNLIGHT_PROCESS_END_CAUSE]: result.cause,
    [ATTR_PROCESS_EXIT_CODE]: result.exitCode,
    [ATTR_RUNLIGHT_PROCESS_SIGNAL]: result.signal,
    [ATTR_RUNLIGHT_PROCESS_CPU_TIME]: result.cpuTimeSeconds,
    [ATTR_RUNLIGHT_PROCESS_MEMORY_PEAK]: result.peakMemoryBytes,
    [ATTR_RUNLIGHT_PROCESS_OOM_KILLS]: oomKills === 0 ? undefined : oomKills,
    [ATTR_RUNLIGHT_PROCESS_STDOUT_SIZE]: stdout.sizeBytes,
    [ATTR_RUNLIGHT_PROCESS_STDERR_SIZE]: stderr.sizeBytes,
    [ATTR_RUNLIGHT_PROCESS_OUTPUT_UNRECORDED]: stdout.unrecordedLines + stderr.unrecordedLines || undefined,
    [ATTR_RUNLIGHT_PROCESS_LOG_FILE_DROPPED]: result.logFileDroppedBytes || undefined,
  });
}

/** Longest end of a stream on a record, in UTF-16 units: backends refuse records whose attributes are much longer. */
export const maxTailAttributeLength = 8192;

/** The end of the output of a command that did not end well. */
export function tailAttributes({ stdout, stderr }: ExecResult): Attributes {
  const end = (text: string): string | undefined => text.slice(-maxTailAttributeLength).toWellFormed() || undefined;
  return known({
    [ATTR_RUNLIGHT_PROCESS_STDOUT_TAIL]: end(stdout.tail),
    [ATTR_RUNLIGHT_PROCESS_STDERR_TAIL]: end(stderr.tail),
  });
}

function known(attributes: Readonly<Record<string, number | string | undefined>>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
