import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { OutputBuffer } from "./output-buffer.ts";

/** How a child Node.js process is started. */
export interface NodeChildOptions {
  /** Added to `PATH`, `HOME` and `TMPDIR`, which is all it inherits: a test does not depend on the machine's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the working directory of this process. */
  readonly cwd?: string;
  /** The child and what it started are killed after this time. Default 100,000: below the time a test has. */
  readonly timeoutMs?: number;
  /** Written to its standard input, which then ends. Default: nothing. */
  readonly input?: Uint8Array | string;
  /** Of each stream; what comes later is dropped and noted at its end. Default 16 MiB. */
  readonly maxOutputBytes?: number;
}

/** How a child ended. */
export interface NodeChildResult {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
}

/** A child Node.js process that runs. */
export interface NodeChild extends AsyncDisposable {
  readonly pid: number;
  /** What it has printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Sends a signal to the child alone; default SIGTERM. */
  kill(signal?: NodeJS.Signals): void;
  /** Resolves when its standard output holds `text`; rejects when it ends or runs out of time before. */
  waitForOutput(text: RegExp | string): Promise<void>;
  /** Resolves when it has ended and its output is read. Rejects when it was killed for its `timeoutMs`. */
  readonly ended: Promise<NodeChildResult>;
}

/** Starts this Node.js with a script or a list of arguments. `await using` kills it, with what it started, at the end of the block. */
export function startNode(command: string | readonly string[], options: NodeChildOptions = {}): NodeChild {
  return new RunningChild(typeof command === "string" ? [command] : command, options);
}

/**
 * Runs this Node.js with a script or a list of arguments to its end.
 *
 * @throws Error when it runs longer than `timeoutMs`, with what it printed.
 */
export function runNode(command: string | readonly string[], options: NodeChildOptions = {}): Promise<NodeChildResult> {
  return startNode(command, options).ended;
}

class RunningChild implements NodeChild {
  readonly ended: Promise<NodeChildResult>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #stdout: OutputBuffer;
  readonly #stderr: OutputBuffer;

  constructor(args: readonly string[], options: NodeChildOptions) {
    const { env = {}, cwd = process.cwd(), timeoutMs = 100_000, input, maxOutputBytes = 16 * 1024 * 1024 } = options;
    // Its own process group, so that grandchildren can be ended with it.
    this.#child = spawn(process.execPath, args, { cwd, env: { ...inheritedEnvironment(), ...env }, detached: true });
    this.#stdout = new OutputBuffer(this.#child.stdout, maxOutputBytes);
    this.#stderr = new OutputBuffer(this.#child.stderr, maxOutputBytes);
    this.ended = this.#watch(timeoutMs);
    // A rejection is told to whoever awaits `ended`, not to the process that disposed of the child without asking.
    this.ended.catch(() => undefined);
    // A child that ends without reading its input is no fault of the test's.
    this.#child.stdin.on("error", () => undefined);
    this.#child.stdin.end(input);
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error("Cannot read the process id: the child did not start");
    return pid;
  }

  get stdout(): string {
    return this.#stdout.text;
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  kill(signal: NodeJS.Signals = "SIGTERM"): void {
    this.#child.kill(signal);
  }

  async waitForOutput(text: RegExp | string): Promise<void> {
    const seen = (): boolean => (typeof text === "string" ? this.stdout.includes(text) : text.test(this.stdout));
    await Promise.race([this.#stdout.until(seen), this.ended]);
    if (!seen()) throw new Error(`The child ended without printing ${String(text)}\n${this.#printed()}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#killGroup();
    await this.ended.catch(() => undefined);
  }

  #watch(timeoutMs: number): Promise<NodeChildResult> {
    const startMs = performance.now();
    return new Promise((resolve, reject) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        this.#killGroup();
      }, timeoutMs);
      this.#child.once("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      this.#child.once("close", (exitCode, signal) => {
        clearTimeout(timer);
        if (timedOut) reject(new Error(`The child ran longer than ${timeoutMs} ms\n${this.#printed()}`));
        else
          resolve({
            stdout: this.stdout,
            stderr: this.stderr,
            exitCode,
            signal,
            durationMs: performance.now() - startMs,
          });
      });
    });
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone already.
    }
  }

  #printed(): string {
    return `stdout: ${this.stdout.slice(-4_000)}\nstderr: ${this.stderr.slice(-4_000)}`;
  }
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return Object.fromEntries(Object.entries({ PATH, HOME, TMPDIR }).filter(([, value]) => value !== undefined));
}
