import { join } from "node:path";
import { decodeLogs, decodeMetrics, decodeTraces, listSpools, readFrames } from "@runlight/spool";
import type { DecodedLogRecord, DecodedMetric, DecodedSpan, SpoolListing } from "@runlight/spool";

/** Everything the spools below a `.runlight` directory hold, in the order it was written. */
export interface SpoolContents {
  readonly spools: readonly SpoolListing[];
  readonly spans: readonly DecodedSpan[];
  readonly logRecords: readonly DecodedLogRecord[];
  readonly metrics: readonly DecodedMetric[];
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** Everything as text, to look for what must not be there. */
  readonly text: string;
}

/** Reads all spools below a `.runlight` directory. */
export function readSpools(directory: string): SpoolContents {
  const spools = listSpools(join(directory, "spool"));
  const spans: DecodedSpan[] = [];
  const logRecords: DecodedLogRecord[] = [];
  const metrics: DecodedMetric[] = [];
  const resources = new Set<Readonly<Record<string, unknown>>>();
  let text = "";
  for (const spool of spools) {
    for (const frame of readFrames(spool, { onDamage: (damage) => expectNone(damage) })) {
      resources.add(frame.resource);
      text += Buffer.from(frame.bytes).toString("latin1");
      if (frame.signal === "traces") spans.push(...decodeTraces(frame.bytes));
      if (frame.signal === "logs") logRecords.push(...decodeLogs(frame.bytes));
      if (frame.signal === "metrics") metrics.push(...decodeMetrics(frame.bytes));
    }
  }
  return { spools, spans, logRecords, metrics, resources: [...resources], text };
}

/** The last value written of a counter without attributes. */
export function lastValue(contents: SpoolContents, name: string): number | undefined {
  const sums = contents.metrics.flatMap((metric) =>
    metric.name === name && metric.type === "sum" ? [...metric.points] : [],
  );
  return sums.length === 0 ? undefined : Number(sums.at(-1)?.value);
}

function expectNone(damage: unknown): never {
  throw new Error(`Cannot read a spool whole: ${JSON.stringify(damage)}`);
}
