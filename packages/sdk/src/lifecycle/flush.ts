import type { TelemetrySettings } from "../config/telemetry-settings.ts";
import type { Outlet } from "../outlet/outlet.ts";
import type { ProviderParts } from "../providers/providers.ts";
import { deadlineIn, within } from "./within.ts";

/** What is flushed and ended: the processors and readers of all signals, ours and the user's, and the outlet behind ours. */
export interface Flushable {
  readonly parts: Pick<ProviderParts, "logRecordProcessors" | "metricReaders" | "spanProcessors">;
  readonly outlet: Outlet;
}

/**
 * Spans and log records first, metrics after them, for they count what became of the others; then what the outlet holds.
 * Never rejects.
 *
 * @returns true when everything arrived within `timeoutMs`
 */
export async function flushAll({ parts, outlet }: Flushable, timeoutMs: number): Promise<boolean> {
  const deadline = deadlineIn(timeoutMs);
  const processors = [...parts.spanProcessors, ...parts.logRecordProcessors];
  // A processor that hangs must not take the time of the metrics.
  const first = await within(
    deadline.remainingMs() / 2,
    allOf(processors, (processor) => processor.forceFlush()),
  );
  outlet.write();
  const second = await within(
    deadline.remainingMs(),
    allOf(parts.metricReaders, (reader) => reader.forceFlush()),
  );
  const third = await outlet.drain(deadline.remainingMs());
  return first && second && third;
}

/** Ends the user's processors and readers, in the same order. Never rejects. */
export async function shutDownParts(parts: TelemetrySettings["parts"], timeoutMs: number): Promise<void> {
  const deadline = deadlineIn(timeoutMs);
  const processors = [...(parts.spanProcessors ?? []), ...(parts.logRecordProcessors ?? [])];
  await within(
    deadline.remainingMs(),
    allOf(processors, (processor) => processor.shutdown()),
  );
  await within(
    deadline.remainingMs(),
    allOf(parts.metricReaders ?? [], (reader) => reader.shutdown()),
  );
}

/** Somebody else's part may throw before it gives a promise; one that fails does not keep the others from ending. */
function allOf<T>(parts: readonly T[], call: (part: T) => Promise<void>): Promise<unknown> {
  return Promise.allSettled(parts.map(async (part) => call(part))).then((results) => {
    if (results.some((result) => result.status === "rejected")) throw new Error("a part failed");
  });
}
