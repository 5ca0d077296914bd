import type { createLogUpdate } from "log-update";
import { createHeldOutput } from "./held-output.ts";
import type { OperationDisplay } from "./operation-display.ts";
import { quietly } from "./quietly.ts";
import { createRunBoard } from "./run-status.ts";
import { statusText } from "./status-text.ts";
import type { TerminalCapability } from "./terminal-capability.ts";

type Draw = ReturnType<typeof createLogUpdate>;

/** Least time between two drawings. */
export const drawIntervalMs = 100;

/** Draws the runs that are open at the foot of a terminal, at most ten times a second, also while the job gives the event loop no turn. */
export function createLiveStatus(stream: NodeJS.WriteStream, look: TerminalCapability): OperationDisplay {
  const board = createRunBoard();
  let draw: Draw | undefined;
  let drawn = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const clear = (): void => {
    if (drawn) draw?.clear();
    drawn = false;
  };
  const output = createHeldOutput([stream, process.stdout, process.stderr], clear);
  const redraw = (): void => {
    const nowMs = performance.now();
    if (stopped || !draw || board.runs.size === 0 || nowMs - lastMs < drawIntervalMs || !output.atLineStart()) return;
    lastMs = nowMs;
    const text = statusText(board.runs.values(), { ...look, width: stream.columns || look.width });
    output.unheld(() => draw?.(text));
    drawn = true;
  };
  const startDrawing = (): void => {
    output.hold();
    timer ??= setInterval(() => quietly(redraw) || stop(), drawIntervalMs).unref();
  };
  const stopDrawing = (): void => {
    clearInterval(timer);
    timer = undefined;
    output.unheld(clear);
  };

  const stop = (): void => {
    stopped = true;
    stopDrawing();
    output.release();
  };

  // Loaded here, so that processes without a terminal do not pay for it.
  import("log-update").then(
    ({ createLogUpdate }) => (draw = createLogUpdate(stream, { showCursor: true })),
    () => {},
  );

  return {
    started(operation) {
      board.started(operation);
      if (board.runs.size > 0) startDrawing();
      redraw();
    },
    progressed(operation) {
      board.progressed(operation);
      redraw();
    },
    ended(operation) {
      board.ended(operation);
      if (board.runs.size === 0) stopDrawing();
      else redraw();
    },
    print(text) {
      output.unheld(() => {
        clear();
        stream.write(`${text}\n`);
      });
    },
    stop,
  };
}
