import { stripVTControlCharacters } from "node:util";
import type winston from "winston";
import type Transport from "winston-transport";
import { loadTransport } from "../logger/load-winston.ts";
import { boundedFields, boundedText } from "../record/bounded-value.ts";
import { emitRecord } from "../record/emit-record.ts";
import type { RecordContent } from "../record/emit-record.ts";
import { isError } from "../record/is-error.ts";
import { findError } from "../record/logged-error.ts";
import { severityNumber } from "../record/severity.ts";
import type { Levels } from "../record/severity.ts";
import { markMoments, momentOf } from "./moments.ts";

/** What the transport does. */
export interface OpenTelemetryTransportOptions {
  /** Instrumentation scope of the records: which part of the program speaks. Default `"winston"`. */
  readonly name?: string;
  /** Least urgent level that is written. Default: the logger's. */
  readonly level?: string;
  /** Applied to entries for this transport only, after the logger's own format. */
  readonly format?: winston.Logform.Format;
}

/**
 * A winston transport that writes each entry as an OpenTelemetry log record: its message as the body, its other fields as attributes
 * (nested ones too), its error as `exception.*`, its level as the severity, within the operation and span it was logged in.
 *
 * For a winston logger of one's own; `createLogger()` has it built in.
 */
export function createOpenTelemetryTransport(options: OpenTelemetryTransportOptions = {}): Transport {
  const { name = "winston", level, format } = options;
  transportClass ??= defineTransport(loadTransport());
  return new transportClass(name, {
    ...(level === undefined ? {} : { level }),
    ...(format === undefined ? {} : { format }),
  });
}

type TransportClass = new (scopeName: string, options: Transport.TransportStreamOptions) => Transport;

let transportClass: TransportClass | undefined;

function defineTransport(Base: typeof Transport): TransportClass {
  return class OpenTelemetryTransport extends Base {
    readonly #scopeName: string;
    #levels: Levels = {};

    constructor(scopeName: string, options: Transport.TransportStreamOptions) {
      super(options);
      this.#scopeName = scopeName;
      this.on("pipe", (logger: winston.Logger) => {
        this.#levels = logger.levels;
        markMoments(logger);
      });
    }

    override log(entry: object, next: () => void): void {
      const level = levelOf(entry);
      const severity = { number: severityNumber(level, this.#levels), text: level };
      emitRecord(this.#scopeName, severity, momentOf(entry), () => contentOf(entry));
      next();
    }
  };
}

/** How winston keeps what a format may have changed: the level as it was given, and the arguments after the message. */
const levelKey = Symbol.for("level");
const furtherKey = Symbol.for("splat");

function levelOf(entry: object): string {
  const { [levelKey]: level = "info" } = entry as { readonly [levelKey]?: unknown };
  return String(level);
}

const maxBodyLength = 65_536;

function contentOf(entry: object): RecordContent {
  const { message, [furtherKey]: further } = entry as { readonly message?: unknown; readonly [furtherKey]?: unknown };
  const error = findError(entry, Array.isArray(further) ? further : []);
  const fields = boundedFields(
    entry as Readonly<Record<string, unknown>>,
    new Set(["level", "message", "splat", ...(error?.fields ?? [])]),
  );
  return { body: boundedText(bodyText(message), maxBodyLength), attributes: { ...fields, ...error?.attributes } };
}

function bodyText(message: unknown): string {
  if (typeof message === "string") return stripVTControlCharacters(message);
  if (isError(message)) return message.message;
  const { message: copy } = boundedFields({ message }, new Set());
  return typeof copy === "string" ? copy : JSON.stringify(copy ?? null);
}
