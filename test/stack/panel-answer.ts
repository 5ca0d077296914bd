import { ask } from "./ask.ts";
import type { PanelQuery } from "./dashboard-queries.ts";
import type { NativeStack } from "./native-stack.ts";
import { searchTraces } from "./tempo.ts";

interface MetricsAnswer {
  readonly data: {
    readonly resultType: "matrix" | "scalar" | "streams" | "vector";
    readonly result: readonly {
      readonly value?: readonly [number, string];
      readonly values?: readonly (readonly [number | string, string])[];
    }[];
  };
}

const windowSeconds = 1_800;
const stepSeconds = 15;

/** How much a panel shows: log lines, traces or numbers. A curve may have gaps; of numbers at one time each must be one. */
export async function countAnswers(stack: NativeStack, query: PanelQuery): Promise<number> {
  if (query.source === "tempo") return (await searchTraces(stack.tempo, query.expression)).length;
  const api = query.source === "loki" ? `${stack.loki}/loki/api/v1` : `${stack.prometheus}/api/v1`;
  const now = Date.now() / 1_000;
  const time = query.isInstant
    ? { time: String(now) }
    : { start: String(Math.floor(now - windowSeconds)), end: String(now), step: String(stepSeconds) };
  const { data } = await ask<MetricsAnswer>(`${api}/${query.isInstant ? "query" : "query_range"}`, {
    query: query.expression,
    ...time,
  });
  const samples = data.result.flatMap(({ value, values = [] }) => (value === undefined ? values : [value]));
  if (data.resultType === "streams") return samples.length;
  const finite = samples.filter(([, number]) => Number.isFinite(Number(number)));
  return query.isInstant && finite.length < samples.length ? 0 : finite.length;
}
