import type winston from "winston";
import { createOpenTelemetryTransport } from "../transport/opentelemetry-transport.ts";
import { consoleLine } from "./console-line.ts";
import { defaultLevels } from "./levels.ts";
import { loadWinston } from "./load-winston.ts";
import { neverThrow } from "./never-throw.ts";

/** What a logger does. */
export interface LoggerConfig {
  /** Which part of the program speaks: the instrumentation scope of its records. */
  readonly name: string;
  /** Least urgent level that is logged. Default `"info"`. */
  readonly level?: string;
  /** Levels of your own: name to rank, the most urgent lowest. Default: npm's, and `critical` above them. */
  readonly levels?: Readonly<Record<string, number>>;
  /** False prints nothing; default true: a line for people, levels more urgent than `info` to stderr, the others to stdout. */
  readonly console?: boolean;
  /** winston format of every entry, on the console too. Default: errors with their stacks, `%s` filled in. */
  readonly format?: winston.Logform.Format;
  /** Fields of every record. */
  readonly defaultMeta?: Readonly<Record<string, unknown>>;
  /** Further winston transports. */
  readonly transports?: readonly winston.transport[];
}

/** A winston logger with a `critical` level. */
export type RunlightLogger = winston.Logger & { readonly critical: winston.LeveledLogMethod };

/**
 * A winston logger whose entries are OpenTelemetry log records that carry run, stage and trace ids, and lines on the console. Its methods never throw.
 *
 * @throws TypeError when `name` is empty, RangeError when `level` is none of the levels.
 */
export function createLogger(config: LoggerConfig): RunlightLogger {
  const { name, level = "info", levels = defaultLevels, console = true, format, defaultMeta, transports = [] } = config;
  if (typeof name !== "string" || name === "") {
    throw new TypeError(
      `Cannot create logger: name must be a text that is not empty, current value is ${JSON.stringify(name)}`,
    );
  }
  if (!Object.hasOwn(levels, level)) {
    const names = Object.keys(levels).join(", ");
    throw new RangeError(
      `Cannot create logger: level must be one of ${names}, current value is ${JSON.stringify(level)}`,
    );
  }
  const { createLogger: createWinstonLogger, format: formats } = loadWinston();
  const logger = createWinstonLogger({
    level,
    levels: { ...levels },
    format: format ?? formats.combine(formats.errors({ stack: true, cause: true }), formats.splat()),
    defaultMeta,
    // Without a transport of its own winston complains for every entry; the record is one.
    transports: [
      createOpenTelemetryTransport({ name }),
      ...(console ? [consoleTransport(config, levels)] : []),
      ...transports,
    ],
  });
  neverThrow(logger);
  return logger as RunlightLogger;
}

function consoleTransport({ name, format }: LoggerConfig, levels: Readonly<Record<string, number>>): winston.transport {
  const infoRank = levels["info"] ?? Infinity;
  const stderrLevels = Object.keys(levels).filter((level) => (levels[level] ?? Infinity) < infoRank);
  const { transports } = loadWinston();
  return new transports.Console({
    stderrLevels,
    ...(format === undefined ? { format: consoleLine(name) } : {}),
  });
}
