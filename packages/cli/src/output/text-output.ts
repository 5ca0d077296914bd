import type { WriteStream } from "node:tty";

/** Where a command prints its answer. */
export interface TextOutput {
  /** True on a terminal that takes colours and where `NO_COLOR` is not set. */
  readonly colour: boolean;
  /** Columns of the terminal; `undefined` where the output is none. */
  readonly width: number | undefined;
  /** Adds text; written at the latest by `flush`. Rejects when the reader has gone (`EPIPE`). */
  write(text: string): Promise<void>;
  flush(): Promise<void>;
}

const batchLength = 16_384;

/** Prints to a stream in batches and waits for a slow reader, so that nothing piles up in memory. */
export function createTextOutput(stream: NodeJS.WritableStream): TextOutput {
  const terminal = isTerminal(stream) ? stream : undefined;
  let pending = "";
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = "";
    if (text !== "") await writeAll(stream, text);
  };
  return {
    colour: terminal?.hasColors() ?? false,
    width: terminal?.columns,
    async write(text) {
      pending += text;
      if (pending.length >= batchLength) await flush();
    },
    flush,
  };
}

function isTerminal(stream: NodeJS.WritableStream): stream is WriteStream {
  return "isTTY" in stream && stream.isTTY === true;
}

function writeAll(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
