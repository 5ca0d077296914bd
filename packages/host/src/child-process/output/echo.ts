import { makeListenerRoom } from "../listener-room.ts";

/** Passes bytes on to a stream of this process. */
export interface Echo {
  /** Resolves when the stream takes more, or when its reader has gone. */
  write(chunk: Buffer): Promise<void>;
  /** Resolves when all is passed on. */
  stop(): Promise<void>;
}

/** Passes on to `stream` at its reader's pace; `onGone` is called once when the reader has gone. */
export function createEcho(stream: NodeJS.WritableStream, onGone: () => void): Echo {
  let gone = false;
  const resume = new Set<() => void>();
  const wake = (): void => {
    for (const go of resume) go();
    resume.clear();
  };
  const leave = (): void => {
    if (gone) return;
    gone = true;
    onGone();
    wake();
  };
  const takeRoomBack = makeListenerRoom(stream);
  stream.on("drain", wake);
  stream.on("error", leave);
  stream.on("close", leave);
  return {
    write(chunk) {
      if (gone || stream.write(chunk)) return Promise.resolve();
      return new Promise((resolve) => {
        resume.add(resolve);
      });
    },
    async stop() {
      // An empty write is called back in its turn, behind everything written before.
      if (!gone)
        await new Promise<void>((resolve) => {
          resume.add(resolve);
          stream.write("", () => resolve());
        });
      stream.off("drain", wake);
      stream.off("close", leave);
      // The error of a write that was the last comes after it.
      setImmediate(() => {
        stream.off("error", leave);
        takeRoomBack();
      });
    },
  };
}
