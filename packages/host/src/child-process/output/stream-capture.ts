import type { Readable } from "node:stream";
import type { Echo } from "./echo.ts";
import type { LineRecorder, OutputStream } from "./line-recorder.ts";
import { createLineSplitter } from "./line-splitter.ts";
import type { LogFile } from "./log-file.ts";
import { createOutputTail } from "./output-tail.ts";

/** Longest part of a line that becomes a record, in bytes. */
export const maxLineBytes: number = 64 * 1024;

/** Last bytes of a stream that are kept in memory. */
export const maxTailBytes: number = 64 * 1024;

/** Where one stream's bytes go. */
export interface StreamCaptureSettings {
  readonly name: OutputStream;
  readonly recorder: LineRecorder;
  readonly logFile: LogFile | undefined;
  readonly echo: Echo | undefined;
}

/** One stream of a process, while it is read. */
export interface StreamCapture {
  /** Resolves when the stream has ended and everything it held is where it goes. Never rejects. */
  readonly done: Promise<void>;
  readonly sizeBytes: number;
  readonly lines: number;
  tail(): string;
  /** Stops reading once nothing came for `idleMs`: a descendant may hold the stream open for ever. */
  leaveWhenIdle(idleMs: number): void;
}

/** Reads a stream to its end, as fast as the file and the echo take it. Memory does not grow with what it holds. */
export function captureStream(stream: Readable, settings: StreamCaptureSettings): StreamCapture {
  const { name, recorder, logFile, echo } = settings;
  const tail = createOutputTail(maxTailBytes);
  let sizeBytes = 0;
  let lines = 0;
  const splitter = createLineSplitter(maxLineBytes, (line) => {
    if (!line.overwritten) lines += 1;
    recorder.record(name, line);
  });
  let waiting = true;
  let idleMs: number | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  const armTimer = (): void => {
    if (waiting && idleMs !== undefined) idleTimer = setTimeout(() => stream.destroy(), idleMs);
  };

  async function read(): Promise<void> {
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        waiting = false;
        clearTimeout(idleTimer);
        sizeBytes += chunk.length;
        tail.add(chunk);
        splitter.write(chunk);
        await Promise.all([logFile?.write(chunk), echo?.write(chunk)]);
        waiting = true;
        armTimer();
      }
    } catch {
      // Left before its end: by this process, or by the system.
    }
    waiting = false;
    clearTimeout(idleTimer);
    splitter.end();
  }
  const done = read();
  return {
    done,
    get sizeBytes() {
      return sizeBytes;
    },
    get lines() {
      return lines;
    },
    tail: () => tail.text(),
    leaveWhenIdle(ms) {
      idleMs = ms;
      armTimer();
    },
  };
}
