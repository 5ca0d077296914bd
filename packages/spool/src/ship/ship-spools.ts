import { recoverSpools } from "../recovery/recover-spools.ts";
import type { OtlpEndpoint, OtlpEndpoints, Signal } from "../settings.ts";
import { adoptSpools } from "./adopt.ts";
import { unknownGrowth } from "./growth.ts";
import { Lane } from "./lane.ts";
import type { LaneObserver } from "./lane.ts";
import { defaultRetry } from "./retry-settings.ts";
import type { RetrySettings } from "./retry-settings.ts";
import type { ShipSource } from "./ship-source.ts";
import { bytesBehind } from "./ship-source.ts";
import type { SignalShipment } from "./shipper-statistics.ts";

/** How `shipSpools()` goes about it. */
export interface ShipOptions {
  /** Give up once the receiver has refused for so long. Default 30 s. */
  readonly giveUpAfterMs?: number;
  readonly retry?: RetrySettings;
  /** Called after each answered request. */
  readonly onProgress?: (report: ShipReport) => void;
  readonly signal?: AbortSignal;
}

/** What `shipSpools()` did. */
export interface ShipReport extends Readonly<Record<Signal, SignalShipment>> {
  /** Spools that were adopted. */
  readonly directories: readonly string[];
  /** Spools with something to ship that were left alone, because their process lives or cannot be judged from here. */
  readonly skipped: readonly string[];
  /** False when the receiver refused for too long or the caller aborted. */
  readonly complete: boolean;
  readonly lastError?: string;
}

type Counts = Record<Signal, { shipped: number; rejected: number; failures: number }>;

/** Adopts what gone processes left under a root and sends it, in this process. Never rejects. */
export async function shipSpools(
  root: string,
  endpoints: OtlpEndpoints,
  options: ShipOptions = {},
): Promise<ShipReport> {
  const { giveUpAfterMs = 30_000, retry = defaultRetry, onProgress, signal: aborting } = options;
  const signals = (["traces", "metrics", "logs"] as const).filter((signal) => endpoints[signal] !== undefined);
  const counts: Counts = { traces: noCounts(), metrics: noCounts(), logs: noCounts() };
  const adopted: ShipSource[] = [];
  let skipped: readonly string[] = [];
  let lastError: string | undefined;
  let complete = true;
  const report = (): ShipReport => makeReport({ counts, adopted, skipped, complete, lastError, signals });
  const note = (count: "failures" | "rejected" | "shipped") => (signal: Signal, records: number, message?: string) => {
    counts[signal][count] += records;
    lastError = message ?? lastError;
    onProgress?.(report());
  };
  const observer: LaneObserver = {
    shipped: note("shipped"),
    rejected: note("rejected"),
    failed: (signal, message) => note("failures")(signal, 1, message),
    looked: () => {},
  };
  await recoverSpools(root);
  while (complete && aborting?.aborted !== true) {
    const except = new Set(adopted.map((source) => source.directory));
    const found = adoptSpools({
      root,
      signals,
      except,
      onDamage: ({ path, reason }) => (lastError = `${path}: ${reason}`),
    });
    skipped = found.skipped;
    if (found.sources.length === 0) break;
    adopted.push(...found.sources);
    const settings = {
      sources: () => found.sources,
      growth: unknownGrowth,
      observer,
      retry,
      pollIntervalMs: 0,
      lingerMs: 0,
      giveUpAfterMs,
    };
    const lanes = signals.map(
      (signal) => new Lane({ ...settings, signal, endpoint: endpoints[signal] as OtlpEndpoint }),
    );
    complete = await runLanes(lanes, aborting);
    for (const source of found.sources) lastError = release(source) ?? lastError;
  }
  const isLeft = signals.some((signal) => report()[signal].pendingBytes > 0);
  complete &&= aborting?.aborted !== true && !isLeft;
  return report();
}

async function runLanes(lanes: readonly Lane[], aborting: AbortSignal | undefined): Promise<boolean> {
  const abort = (): void => {
    for (const lane of lanes) lane.abort();
  };
  aborting?.addEventListener("abort", abort);
  const outcomes = await Promise.all(lanes.map((lane) => lane.run()));
  aborting?.removeEventListener("abort", abort);
  abort();
  return outcomes.every(Boolean);
}

/** Writes where the shipping ended; returns what went wrong, where something did. */
function release(source: ShipSource): string | undefined {
  source.close();
  try {
    source.save();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function noCounts(): Counts[Signal] {
  return { shipped: 0, rejected: 0, failures: 0 };
}

interface ReportParts {
  readonly counts: Counts;
  readonly adopted: readonly ShipSource[];
  readonly skipped: readonly string[];
  readonly complete: boolean;
  readonly lastError: string | undefined;
  readonly signals: readonly Signal[];
}

function makeReport({ counts, adopted, skipped, complete, lastError, signals }: ReportParts): ShipReport {
  const shipment = (signal: Signal): SignalShipment => ({
    ...counts[signal],
    pendingBytes: signals.includes(signal)
      ? adopted.reduce((sum, source) => sum + bytesBehind(source.directory, source.positions()[signal]), 0)
      : 0,
  });
  return {
    traces: shipment("traces"),
    metrics: shipment("metrics"),
    logs: shipment("logs"),
    directories: adopted.map((source) => source.directory),
    skipped,
    complete,
    ...(lastError === undefined ? {} : { lastError }),
  };
}
