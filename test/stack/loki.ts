import { ask } from "./ask.ts";

/** A log record as Loki gives it back. */
export interface LokiRecord {
  /** Nanoseconds since the epoch, as decimal digits. */
  readonly timeUnixNano: string;
  readonly line: string;
  /** Labels and structured metadata. */
  readonly labels: Readonly<Record<string, string>>;
}

interface StreamsAnswer {
  readonly data: {
    readonly result: readonly {
      readonly stream: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [string, string])[];
    }[];
  };
}

/** Gives the records of the last hour that a LogQL query finds, oldest first. */
export async function queryRecords(loki: string, query: string): Promise<readonly LokiRecord[]> {
  const range = { since: "1h", limit: "5000", direction: "forward" };
  const { data } = await ask<StreamsAnswer>(`${loki}/loki/api/v1/query_range`, { query, ...range });
  return data.result
    .flatMap(({ stream, values }) => values.map(([timeUnixNano, line]) => ({ timeUnixNano, line, labels: stream })))
    .sort((left, right) => left.timeUnixNano.localeCompare(right.timeUnixNano));
}
