import { quietly } from "./quietly.ts";

/** Lets the program's own output through only after the live status is out of its way. */
export interface HeldOutput {
  /** Calls `clear` before each write to the streams, from now on. */
  hold(): void;
  /** Leaves the streams as they were. */
  release(): void;
  /** Runs `action`, whose writes are the display's own. */
  unheld(action: () => void): void;
  /** False while the program is in the middle of a line: what is drawn now would be part of it. */
  atLineStart(): boolean;
}

interface HeldStream {
  readonly stream: NodeJS.WriteStream;
  readonly write: NodeJS.WriteStream["write"];
  readonly held: NodeJS.WriteStream["write"];
}

/** Prepares to hold the terminals among `streams`; what is written to the terminal past Node's streams, by a child process say, cannot be held. */
export function createHeldOutput(streams: readonly NodeJS.WriteStream[], clear: () => void): HeldOutput {
  const terminals = [...new Set(streams)].filter((stream) => stream.isTTY);
  let holding: HeldStream[] = [];
  let own = false;
  let atLineStart = true;

  const unheld = (action: () => void): void => {
    const before = own;
    own = true;
    try {
      action();
    } finally {
      own = before;
    }
  };
  const holdStream = (stream: NodeJS.WriteStream): HeldStream => {
    // oxlint-disable-next-line typescript/unbound-method -- called with its stream below, and put back as it was
    const { write } = stream;
    const held = function (this: NodeJS.WriteStream, ...args: Parameters<typeof write>): boolean {
      if (!own) {
        quietly(() => unheld(clear));
        atLineStart = endsLine(args[0]) ?? atLineStart;
      }
      return write.apply(stream, args);
    } as typeof write;
    stream.write = held;
    return { stream, write, held };
  };
  return {
    hold() {
      if (holding.length === 0) holding = terminals.map(holdStream);
    },
    release() {
      for (const { stream, write, held } of holding) {
        // Someone may have put a write of their own over ours: theirs stays.
        if (stream.write === held) stream.write = write;
      }
      holding = [];
    },
    unheld,
    atLineStart: () => atLineStart,
  };
}

function endsLine(chunk: Uint8Array | string): boolean | undefined {
  if (chunk.length === 0) return undefined;
  return typeof chunk === "string" ? chunk.endsWith("\n") : chunk.at(-1) === 0x0a;
}
