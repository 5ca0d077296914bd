import type { Context } from "@opentelemetry/api";
import { formatBytes } from "@runlight/core";
import type { CapturedOutput } from "../exec-result.ts";
import type { ExecSettings } from "../exec-settings.ts";
import type { StartedChild } from "../start-child.ts";
import { createEcho } from "./echo.ts";
import type { Echo } from "./echo.ts";
import { createLineRecorder } from "./line-recorder.ts";
import type { OutputStream } from "./line-recorder.ts";
import type { LogFile } from "./log-file.ts";
import { captureStream } from "./stream-capture.ts";
import type { StreamCapture } from "./stream-capture.ts";

/** Where output goes. */
export interface OutputCaptureSettings {
  /** Context of the operation that runs the process. */
  readonly context: Context;
  readonly settings: ExecSettings;
  readonly logFile: LogFile | undefined;
  /** Called when the reader of an echo has gone; the process is told by its pipe. */
  readonly onReaderLeft: () => void;
}

/** Both streams of a process, while they are read. */
export interface OutputCapture {
  /** To be called when the process has ended: resolves when its output is where it goes. Never rejects. */
  finish(): Promise<void>;
  captured(stream: OutputStream): CapturedOutput;
}

/** How long descendants may hold the streams open without a word, once the process has ended. */
const idleMs = 1000;

/** Begins to read both streams. */
export function captureOutput(child: StartedChild, options: OutputCaptureSettings): OutputCapture {
  const { context, settings, logFile, onReaderLeft } = options;
  const recorder = createLineRecorder({
    context,
    severities: { stdout: "INFO", stderr: settings.stderrSeverity },
    allowance: { linesPerSecond: settings.maxLinesPerSecond, bytesPerSecond: settings.maxLineBytesPerSecond },
  });
  const echoOf = (name: OutputStream): Echo | undefined =>
    settings.echo
      ? createEcho(process[name], () => {
          onReaderLeft();
          child[name].destroy();
        })
      : undefined;
  const echoes = { stdout: echoOf("stdout"), stderr: echoOf("stderr") };
  const captureOf = (name: OutputStream): StreamCapture =>
    captureStream(child[name], { name, recorder, logFile, echo: echoes[name] });
  const captures = { stdout: captureOf("stdout"), stderr: captureOf("stderr") };

  return {
    async finish() {
      const { stdout, stderr } = captures;
      stdout.leaveWhenIdle(idleMs);
      stderr.leaveWhenIdle(idleMs);
      await Promise.all([stdout.done, stderr.done]);
      await Promise.all([logFile?.close(), echoes.stdout?.stop(), echoes.stderr?.stop()]);
      recorder.tellLosses(logFile === undefined ? [] : lossesOf(logFile));
    },
    captured(name) {
      const capture = captures[name];
      const { sizeBytes, lines } = capture;
      return { tail: capture.tail(), sizeBytes, lines, unrecordedLines: recorder.unrecorded(name) };
    },
  };
}

function lossesOf({ fault, droppedBytes }: LogFile): readonly string[] {
  if (fault !== undefined) return [`the file lacks ${formatBytes(droppedBytes)}: ${fault}`];
  return droppedBytes > 0 ? [`the file lacks the last ${formatBytes(droppedBytes)}, beyond its bound`] : [];
}
