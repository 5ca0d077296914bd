import { setTimeout as delay } from "node:timers/promises";
import { listSpools } from "@runlight/spool";
import { openStore } from "@runlight/store";
import type { RunListing, Store } from "@runlight/store";
import type { Invocation } from "../../invocation.ts";
import { noRuns } from "../no-runs.ts";
import { openRun } from "../open-run.ts";

/** Longest that `latest` waits for a run to begin. */
export const waitForRunMs = 30_000;

const lookEveryMs = 250;

/** The run to follow, and where it stands. */
export interface RunToFollow {
  readonly store: Store;
  readonly run: RunListing;
}

/**
 * The run that `reference` names. `latest` is the newest run, unless none has begun here yet or a process that has just been started is
 * about to begin one: then that is waited for, at most {@link waitForRunMs}.
 * `undefined` when `stopped` came first.
 * @throws CommandFault where there is no such run, or none began in time.
 */
export async function awaitRun(
  invocation: Invocation,
  reference: string,
  stopped: AbortSignal,
): Promise<RunToFollow | undefined> {
  if (reference !== "latest") return openRun(invocation, reference);
  const store = openStore(invocation.directory);
  const deadline = performance.now() + waitForRunMs;
  for (let looks = 0; ; looks += 1) {
    if (stopped.aborted) return undefined;
    const [run] = store.runs({ limit: 1 });
    const isOver = performance.now() >= deadline;
    if (run !== undefined && (isOver || !isAboutToBegin(invocation, run))) return { store, run };
    if (isOver) throw noRuns(invocation);
    if (looks === 0) invocation.tell(`waiting for a run to begin, at most ${waitForRunMs / 1000} s`);
    await delay(lookEveryMs, undefined, { signal: stopped }).catch(() => undefined);
  }
}

// A process at work that was started lately, after the newest run began, and has begun none.
function isAboutToBegin({ spoolRoot }: Invocation, newest: RunListing): boolean {
  const nowMs = Date.now();
  return listSpools(spoolRoot).some(({ life, directory, identity }) => {
    const startedMs = Date.parse(identity.startedAt);
    return (
      life === "running" &&
      directory !== newest.spool &&
      startedMs > Date.parse(newest.startTime) &&
      nowMs - startedMs < waitForRunMs
    );
  });
}
