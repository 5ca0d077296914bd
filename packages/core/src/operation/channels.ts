import { channel } from "node:diagnostics_channel";
import type { Channel } from "node:diagnostics_channel";
import type { RunSummary } from "../summary/run-summary.ts";
import type { Operation } from "./operation.ts";

/** Names of the `node:diagnostics_channel` channels on which operations are told to whoever watches in this process. */
export const operationChannels = {
  /** An {@link Operation} that began. */
  start: "runlight.operation.start",
  /** An {@link Operation} that ended. */
  end: "runlight.operation.end",
  /** An {@link Operation} that reported progress. */
  progress: "runlight.operation.progress",
  /** The root {@link Operation} of a run that began. Whoever asks for runs alone listens here: each operation is told to every listener. */
  runStart: "runlight.run.start",
  /** The {@link RunSummary} of a run that ended. */
  summary: "runlight.run.summary",
} as const;

const channels = {
  start: channel(operationChannels.start),
  end: channel(operationChannels.end),
  progress: channel(operationChannels.progress),
  runStart: channel(operationChannels.runStart),
  summary: channel(operationChannels.summary),
};

/** Tells an operation's start, end or progress. A subscriber that throws is the subscriber's trouble: Node reports it as uncaught. */
export function tellOperation(moment: "end" | "progress" | "start", operation: Operation): void {
  publish(channels[moment], operation);
}

/** Tells that a run began. */
export function tellRun(root: Operation): void {
  publish(channels.runStart, root);
}

/** Tells a run's summary. */
export function tellSummary(summary: RunSummary): void {
  publish(channels.summary, summary);
}

function publish(to: Channel, message: unknown): void {
  if (to.hasSubscribers) to.publish(message);
}
