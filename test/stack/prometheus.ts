import { ask } from "./ask.ts";

/** A measurement with the trace it was made in. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly value: number;
  /** Labels of the series it stands at. */
  readonly labels: Readonly<Record<string, string>>;
}

type Labels = Readonly<Record<string, string>>;

interface VectorAnswer {
  readonly data: { readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[] };
}

interface ExemplarsAnswer {
  readonly data: readonly {
    readonly seriesLabels: Labels;
    readonly exemplars: readonly { readonly labels: Labels; readonly value: string }[];
  }[];
}

/** Gives what a PromQL query comes to now: the values of `label` in its result, joined with commas where there are several, and their numbers. */
export async function queryValues(
  prometheus: string,
  query: string,
  ...labels: readonly string[]
): Promise<Readonly<Record<string, number>>> {
  const { data } = await ask<VectorAnswer>(`${prometheus}/api/v1/query`, { query });
  return Object.fromEntries(
    data.result.map(({ metric, value }) => [labels.map((label) => metric[label]).join(","), Number(value[1])]),
  );
}

/** Gives the exemplars of the last hour of the series that a PromQL selector names. */
export async function queryExemplars(prometheus: string, selector: string): Promise<readonly Exemplar[]> {
  const now = Math.ceil(Date.now() / 1_000);
  const range = { start: String(now - 3_600), end: String(now) };
  const { data } = await ask<ExemplarsAnswer>(`${prometheus}/api/v1/query_exemplars`, { query: selector, ...range });
  return data.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value }) => ({
      traceId: labels["trace_id"] ?? "",
      spanId: labels["span_id"] ?? "",
      value: Number(value),
      labels: seriesLabels,
    })),
  );
}
