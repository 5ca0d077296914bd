import { ExportResultCode } from "@opentelemetry/core";
import type { ExportResult } from "@opentelemetry/core";

/** What the stock exporters of all signals have in common. */
export interface Exporter<T> {
  export(items: T, done: (result: ExportResult) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What became of the items given to an exporter. */
export interface ExportTally {
  shipped: number;
  failed: number;
  failures: number;
  lastError: string | undefined;
}

/** Takes secrets out of what is exported and counts what arrives. */
export function createRedactingExporter<T>(
  inner: Exporter<T>,
  redact: (items: T) => T,
  sizeOf: (items: T) => number,
): { readonly exporter: Required<Exporter<T>>; readonly tally: ExportTally } {
  const tally: ExportTally = { shipped: 0, failed: 0, failures: 0, lastError: undefined };
  return {
    tally,
    exporter: {
      export(items, done) {
        inner.export(redact(items), (result) => {
          if (result.code === ExportResultCode.SUCCESS) {
            tally.shipped += sizeOf(items);
          } else {
            tally.failed += sizeOf(items);
            tally.failures++;
            tally.lastError = result.error?.message ?? "export failed";
          }
          // The failure is counted and told here; the processor would only print it a second time, with its stack.
          done({ code: ExportResultCode.SUCCESS });
        });
      },
      forceFlush: () => inner.forceFlush?.() ?? Promise.resolve(),
      shutdown: () => inner.shutdown(),
    },
  };
}
