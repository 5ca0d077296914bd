import { redactText } from "../redaction/secret-texts.ts";

/** Most kinds of trouble told in the life of a process; what comes after is counted only. */
export const maxKinds = 32;

/** Longest message told, in UTF-16 units. */
const maxMessageLength = 500;

/** Tells troubles of telemetry itself to people, each kind once. */
export interface Trouble {
  /** Writes one line, unless the same kind was told before. Never throws. */
  tell(kind: string, message: string): void;
  /** Writes one line, each time. Never throws. */
  note(message: string): void;
  /** The last trouble, told or not. */
  readonly last: string | undefined;
}

/**
 * Troubles go to `write` as lines `telemetry: …, said once`.
 *
 * @param write default: standard error, synchronously
 */
export function createTrouble(write: (line: string) => void = writeToStandardError): Trouble {
  const told = new Set<string>();
  let last: string | undefined;
  const say = (line: string): void => {
    try {
      write(line);
    } catch {
      // Nobody reads standard error: then nobody is to be told.
    }
  };
  return {
    tell(kind, message) {
      const text = oneLine(message);
      last = text;
      if (told.has(kind) || told.size >= maxKinds) return;
      told.add(kind);
      say(`telemetry: ${text}, said once\n`);
    },
    note: (message) => say(`telemetry: ${oneLine(message)}\n`),
    get last() {
      return last;
    },
  };
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

function oneLine(message: string): string {
  const text = redactText(message.slice(0, 4 * maxMessageLength))
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.length > maxMessageLength ? `${text.slice(0, maxMessageLength)}…` : text;
}

function writeToStandardError(line: string): void {
  process.stderr.write(line);
}
