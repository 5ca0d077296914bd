import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Received } from "../sink/counter.ts";
import type { Receiver, Sink } from "../sink/sink.ts";
import { startChild } from "./children.ts";

/** Items by kind. */
export interface Items {
  readonly spans: number;
  readonly logRecords: number;
}

/** What one child process does: a regime with a subject, whose operations do the workload. */
export interface Job {
  readonly regime: string;
  /** File URL of the subject's module. */
  readonly subject: string;
  readonly workload: string;
  readonly settings: Readonly<Record<string, number>>;
}

/** What the child is told besides its job. */
export interface ChildJob extends Job {
  readonly endpoint: string;
  readonly directory: string;
}

/** What the child tells when it is done. */
export interface ChildAnswer {
  readonly figures: Readonly<Record<string, number>>;
  /** What it emitted and expects to arrive. */
  readonly sent: Items;
  /** Unix time in milliseconds at which the stretch to look at ended, where the regime has one. */
  readonly endedAtMs?: number;
  /** What the subject itself says became of it. */
  readonly account?: string;
}

/** One measurement. */
export interface CellResult {
  readonly figures: Readonly<Record<string, number>>;
  readonly sent: Items;
  readonly received: Received;
  /** What the subject itself says became of it. */
  readonly account: string | undefined;
}

const childScript = fileURLToPath(new URL("../regime/child.ts", import.meta.url));
/** Wasm is compiled by the optimizing compiler at once, so that the work costs the same from the first call on. */
const baseFlags = ["--no-liftoff", "--expose-gc"];
const timeoutMs = 180_000;
/** Longest wait for what is still under way when the child has ended. */
const arrivalMs = 3000;

const directories = new Set<string>();

/** Removes the directories of jobs that were broken off. */
export function removeDirectories(): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Runs one job in a process and a directory of its own, against a receiver of its own.
 *
 * @throws Error with the end of its stderr when the child fails
 */
export async function runCell(job: Job, sink: Sink, flags: readonly string[] = []): Promise<CellResult> {
  const directory = mkdtempSync(join(tmpdir(), "runlight-bench-"));
  directories.add(directory);
  const receiver = await sink.open();
  try {
    const answer = await runChild({ ...job, endpoint: receiver.endpoint, directory }, flags);
    const received = await arrived(receiver, answer.sent);
    const { figures, sent, endedAtMs } = answer;
    const seen = {
      lostPercent: 100 * (1 - deliveredShare(sent, received)),
      ...(endedAtMs === undefined ? {} : { earlyPercent: (100 * spansUntil(received, endedAtMs)) / sent.spans }),
    };
    return { figures: { ...figures, ...seen }, sent, received, account: answer.account };
  } finally {
    await receiver.close();
    rmSync(directory, { recursive: true, force: true });
    directories.delete(directory);
  }
}

function runChild(job: ChildJob, flags: readonly string[]): Promise<ChildAnswer> {
  const child = startChild({
    script: childScript,
    parameters: [JSON.stringify(job)],
    flags: [...baseFlags, ...flags],
    directory: job.directory,
  });
  return new Promise((resolve, reject) => {
    let answer: ChildAnswer | undefined;
    const timer = setTimeout(() => child.kill(), timeoutMs);
    child.process.once("message", (message: ChildAnswer) => {
      answer = message;
    });
    child.process.once("error", reject);
    child.process.once("close", (code, signal) => {
      clearTimeout(timer);
      if (answer !== undefined) resolve(answer);
      else
        reject(
          new Error(
            `The child that measures ended with ${signal ?? `exit code ${code}`}: ${child.errors().slice(-1500)}`,
          ),
        );
    });
  });
}

/** Share of what was sent that was received, at most 1; 1 when nothing was sent. */
export function deliveredShare(sent: Items, received: Items): number {
  const share = (got: number, of: number): number => (of === 0 ? 1 : Math.min(1, got / of));
  return Math.min(share(received.spans, sent.spans), share(received.logRecords, sent.logRecords));
}

async function arrived(receiver: Receiver, sent: Items): Promise<Received> {
  const deadline = Date.now() + arrivalMs;
  for (;;) {
    const received = await receiver.look();
    const isComplete = received.spans >= sent.spans && received.logRecords >= sent.logRecords;
    if (isComplete || Date.now() > deadline) return received;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function spansUntil({ spanArrivals }: Received, timeMs: number): number {
  return spanArrivals.findLast(([arrivedMs]) => arrivedMs <= timeMs)?.[1] ?? 0;
}
