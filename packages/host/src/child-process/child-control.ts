import type { ChildProcess } from "node:child_process";
import type { ExecSettings } from "./exec-settings.ts";
import { makeListenerRoom } from "./listener-room.ts";
import type { ProcessTree } from "./usage/process-tree.ts";

/** Ends a child process when it is time. */
export interface ChildControl {
  /** Why it was asked to end, when it was: `outside` by a signal passed on, or by the reader of its output leaving. */
  readonly asked: "cancellation" | "outside" | "timeout" | undefined;
  /** Notes that the reader of its output has left. */
  readerLeft(): void;
  /** Called when it has ended: makes descendants end that it was asked to take along. */
  stop(): void;
}

/** Signals that ask a process to end. */
const endingSignals = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;
const passedSignals = [...endingSignals, "SIGUSR1", "SIGUSR2"] as const;

/** A terminal sends these to the child as well. */
const terminalSignals: ReadonlySet<string> = new Set(["SIGINT", "SIGQUIT"]);

/** Watches time, abort signal and, where asked for, the signals of this process. */
export function startChildControl(child: ChildProcess, tree: ProcessTree, settings: ExecSettings): ChildControl {
  const { timeoutMs, signal, killDelayMs, forwardSignals } = settings;
  let asked: ChildControl["asked"];
  let killTimer: NodeJS.Timeout | undefined;

  const send = (name: NodeJS.Signals): void => {
    for (const pid of tree.look().keys()) if (pid !== child.pid) sendTo(pid, name);
    child.kill(name);
  };
  const end = (why: "cancellation" | "timeout"): void => {
    if (killTimer !== undefined) return;
    asked = why;
    send("SIGTERM");
    killTimer = setTimeout(() => send("SIGKILL"), killDelayMs);
  };
  const cancel = (): void => end("cancellation");
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => end("timeout"), timeoutMs);
  signal?.addEventListener("abort", cancel, { once: true });
  if (signal?.aborted === true) cancel();
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const pass = (name: NodeJS.Signals): void => {
    if (endingSignals.some((ending) => ending === name)) asked ??= "outside";
    if (!(atTerminal && terminalSignals.has(name))) child.kill(name);
  };
  const takeRoomBack = makeListenerRoom(process);
  if (forwardSignals) for (const name of passedSignals) process.on(name, pass);

  return {
    get asked() {
      return asked;
    },
    readerLeft() {
      asked ??= "outside";
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(killTimer);
      signal?.removeEventListener("abort", cancel);
      for (const name of passedSignals) process.off(name, pass);
      takeRoomBack();
      if (killTimer !== undefined) for (const pid of tree.look().keys()) sendTo(pid, "SIGKILL");
    },
  };
}

function sendTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone meanwhile.
  }
}
