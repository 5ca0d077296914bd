import { setTimeout as delay } from "node:timers/promises";
import type { RunStatus } from "@runlight/store";
import { CommandFault } from "../../command-fault.ts";
import type { Invocation } from "../../invocation.ts";
import { announceLost } from "../announce-lost.ts";
import { printRun } from "../show-run.ts";
import { tellNotices } from "../tell-notices.ts";
import { awaitRun } from "./await-run.ts";
import type { RunToFollow } from "./await-run.ts";
import type { FollowView } from "./follow-view.ts";
import { createLineView } from "./line-view.ts";

/** Least time between two looks, and so between two drawings. */
export const lookEveryMs = 250;

/** Exit code of a program that a person interrupts. */
const interrupted = 130;

/**
 * Shows a run while it is at work: as a tree that is redrawn on a terminal, as lines elsewhere; and its summary when it has ended.
 * An interrupt ends the watching, never the run.
 * @throws CommandFault with exit code 1 where the run did not end well, or there is none.
 */
export async function followRun(invocation: Invocation, reference: string): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once("SIGINT", onSignal);
  try {
    await announceLost(invocation);
    const found = await awaitRun(invocation, reference, stop.signal);
    if (found !== undefined && isAtWork(found.run.status)) await watch(invocation, found, stop.signal);
    if (found === undefined || stop.signal.aborted) {
      process.exitCode = interrupted;
      return;
    }
    const { store, run } = found;
    await announceLost(invocation);
    const status = await printRun(invocation, { store, reference: run.runId });
    tellNotices(invocation, store);
    if (status !== "success" && status !== "skip") throw new CommandFault(`run ${run.runId} ended: ${status}`, 1);
  } finally {
    process.off("SIGINT", onSignal);
  }
}

async function watch(invocation: Invocation, { store, run }: RunToFollow, stopped: AbortSignal): Promise<void> {
  const followed = store.follow(run);
  const view = await createView(invocation);
  try {
    while (!stopped.aborted) {
      const entries = followed.read();
      await view.show(followed, entries);
      if (!isAtWork(followed.status())) return;
      await delay(lookEveryMs, undefined, { signal: stopped }).catch(() => undefined);
    }
  } finally {
    view.close();
  }
}

function isAtWork(status: RunStatus): boolean {
  return status === "running" || status === "silent";
}

async function createView({ output }: Invocation): Promise<FollowView> {
  if (output.width === undefined || process.env["TERM"] === "dumb") return createLineView(output);
  // Loaded here, so that no other command pays for it.
  const { createTreeView } = await import("./tree-view.ts");
  return createTreeView(process.stdout, output.colour);
}
