/** What a stream can show. */
export interface TerminalCapability {
  /** True where lines can be redrawn and a person is likely to watch. */
  readonly live: boolean;
  readonly colour: boolean;
  /** False where block characters would come out as question marks. */
  readonly unicode: boolean;
  /** Columns; 100 where the stream is no terminal. */
  readonly width: number;
}

/**
 * Finds what `stream` can show.
 *
 * Live needs a terminal, no `CI` and a `TERM` other than `dumb`. Colour follows Node's own rule: `NO_COLOR`, `FORCE_COLOR`, `TERM`.
 */
export function terminalCapability(
  stream: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
): TerminalCapability {
  const { CI: ci = "", TERM: term = "" } = environment;
  const inCi = !["", "0", "false"].includes(ci.toLowerCase());
  const forced = ["1", "2", "3", "true"].includes(environment["FORCE_COLOR"] ?? "");
  return {
    live: stream.isTTY && !inCi && term !== "dumb",
    colour: stream.isTTY ? stream.hasColors(16, { ...environment }) : forced,
    unicode: term !== "linux",
    // A terminal that was never told its size says 0.
    width: stream.isTTY ? stream.columns || 80 : 100,
  };
}
