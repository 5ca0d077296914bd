import { constants } from "node:os";
import { basename } from "node:path";
import { ATTR_WORKFLOW_EXECUTION_ID, RESOURCE_SERVICE_NAME } from "@runlight/conventions/names";
import { operationAttributes, workflow } from "@runlight/core";
import { contextFromEnvironment, exec, ExecError } from "@runlight/host";
import type { ExecResult } from "@runlight/host";
import { initTelemetry, resolveSettings } from "@runlight/sdk";
import type { Telemetry } from "@runlight/sdk";
import type { Invocation } from "../invocation.ts";

/** How a command is to be recorded. */
export interface RunRecordedOptions {
  readonly stage?: string;
  readonly pipeline?: string;
  readonly workflow?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly recordArguments?: boolean;
  /** Directory of the telemetry, where it was given. */
  readonly directory?: string;
}

/**
 * Runs a command with telemetry around it and passes its streams and this process's signals through. Gives the exit code a shell would.
 *
 * @throws TelemetryConfigError before the command starts, when the configuration has faults
 */
export async function runRecorded(
  { tell }: Invocation,
  commandLine: readonly [string, ...string[]],
  options: RunRecordedOptions,
): Promise<number> {
  const [command, ...args] = commandLine;
  const ownName = options.workflow ?? basename(command);
  letReadersLeave();
  const { settings } = await startTelemetry(ownName, options.directory);
  const run = (): Promise<ExecResult> =>
    exec(command, args, {
      kind: options.stage === undefined ? "pipeline" : "stage",
      name: options.stage ?? options.pipeline ?? basename(command),
      stdin: "inherit",
      echo: true,
      forwardSignals: true,
      // A program with telemetry of its own writes to the same place, wherever the command goes.
      env: { RUNLIGHT_DIRECTORY: settings.directory },
      directory: settings.directory,
      recordArguments: options.recordArguments ?? false,
      ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 }),
    });
  const inRun = operationAttributes(contextFromEnvironment())[ATTR_WORKFLOW_EXECUTION_ID] !== undefined;
  try {
    return exitCodeOf(await (inRun && options.workflow === undefined ? run() : workflow(ownName, run)));
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    const { cause } = error.result;
    if (cause === "not_started" || cause === "timeout" || cause === "out_of_memory") tell(error.message);
    return exitCodeOf(error.result, error.code);
  }
}

/** The service is the one the surroundings name, or else the command. */
async function startTelemetry(ownName: string, directory: string | undefined): Promise<Telemetry> {
  const config = directory === undefined ? {} : { directory };
  // The name and the version shall be those of a program in this directory, not of this command.
  process.argv[1] = process.cwd();
  const { resourceAttributes } = await resolveSettings(config, process.env, process.cwd());
  const unknown = String(resourceAttributes[RESOURCE_SERVICE_NAME]).startsWith("unknown_service");
  return initTelemetry(unknown ? { ...config, service: ownName } : config);
}

/** A reader that leaves (`| head`) is for the command to notice: this process stays to tell how it ended. */
function letReadersLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners("error");
    stream.on("error", () => undefined);
  }
}

/** As `timeout` and the shells have it. */
const timeoutExitCode = 124;
const notRunnableExitCode = 126;
const notFoundExitCode = 127;
const signalExitCode = 128;

function exitCodeOf({ cause, exitCode, signal }: ExecResult, code?: string): number {
  if (cause === "timeout") return timeoutExitCode;
  if (exitCode !== undefined) return exitCode;
  if (signal !== undefined) return signalExitCode + constants.signals[signal];
  return code === "ENOENT" ? notFoundExitCode : notRunnableExitCode;
}
