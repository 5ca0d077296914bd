import { basename, resolve } from "node:path";
import type { ExecOptions } from "./exec-options.ts";

/** What `exec()` was asked, defaults filled in. */
export interface ExecSettings extends Required<Pick<ExecOptions, SettledOption>> {
  readonly command: string;
  readonly args: readonly string[];
  /** File name of the command. */
  readonly executableName: string;
  /** Absolute path. */
  readonly cwd: string;
  readonly input: Uint8Array | string | undefined;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly logFile: string | false | undefined;
}

type SettledOption =
  | "directory"
  | "echo"
  | "env"
  | "forwardSignals"
  | "killDelayMs"
  | "kind"
  | "maxLineBytesPerSecond"
  | "maxLinesPerSecond"
  | "maxLogFileBytes"
  | "name"
  | "recordArguments"
  | "reject"
  | "stderrSeverity"
  | "stdin";

/** Longest delay of a timer. */
const maxDelayMs = 2 ** 31 - 1;
const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/**
 * Settles what `exec()` was given.
 *
 * @throws TypeError when the command is no text or empty, or an argument is no text
 * @throws RangeError when a number is out of its range
 */
export function execSettings(command: string, args: readonly string[], options: ExecOptions): ExecSettings {
  if (typeof command !== "string" || command === "")
    throw new TypeError(
      `Cannot run a command: command must be its name or path, current value is ${describe(command)}`,
    );
  const wrong = args.findIndex((argument) => typeof argument !== "string");
  if (wrong !== -1)
    throw new TypeError(
      `Cannot run ${command}: args[${wrong}] must be a text, current value is ${describe(args[wrong])}`,
    );
  const executableName = basename(command);
  const inRange = (option: NumberOption, byDefault: number, min: number, max: number): number => {
    const value = options[option] ?? byDefault;
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    throw new RangeError(
      `Cannot run ${command}: ${option} must be a number from ${min} to ${max}, current value is ${describe(value)}`,
    );
  };
  return {
    command,
    args,
    executableName,
    kind: options.kind ?? "pipeline",
    name: options.name ?? executableName,
    cwd: resolve(options.cwd ?? "."),
    env: options.env ?? {},
    input: options.input,
    stdin: options.stdin ?? "ignore",
    timeoutMs: options.timeoutMs === undefined ? undefined : inRange("timeoutMs", 0, 1, maxDelayMs),
    signal: options.signal,
    killDelayMs: inRange("killDelayMs", 5000, 0, maxDelayMs),
    forwardSignals: options.forwardSignals ?? false,
    echo: options.echo ?? false,
    stderrSeverity: options.stderrSeverity ?? "INFO",
    maxLinesPerSecond: inRange("maxLinesPerSecond", 500, 1, 100_000),
    maxLineBytesPerSecond: inRange("maxLineBytesPerSecond", 256 * kibibyte, kibibyte, 64 * mebibyte),
    logFile: typeof options.logFile === "string" ? resolve(options.logFile) : options.logFile,
    // An empty variable is as good as none.
    directory: resolve(options.directory ?? (process.env["RUNLIGHT_DIRECTORY"] || ".runlight")),
    maxLogFileBytes: inRange("maxLogFileBytes", 256 * mebibyte, 0, Number.MAX_SAFE_INTEGER),
    recordArguments: options.recordArguments ?? false,
    reject: options.reject ?? true,
  };
}

type NumberOption = "killDelayMs" | "maxLineBytesPerSecond" | "maxLinesPerSecond" | "maxLogFileBytes" | "timeoutMs";

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
