import { expect } from "vitest";
import { patience } from "./ask.ts";
import type { RecordedRun } from "./flights.ts";
import { queryRecords } from "./loki.ts";
import type { NativeStack } from "./native-stack.ts";
import { queryExemplars, queryValues } from "./prometheus.ts";
import { readTrace } from "./tempo.ts";

/** A run where it ran, and how its metrics are told from those of other runs. */
export interface ShippedRun extends RecordedRun {
  readonly instance: string;
}

/** Tempo has each span that stands in the spool, with the same parent, kind, name, status and attributes, and no other. */
export async function expectSameSpans({ tempo }: NativeStack, { summary, spans }: ShippedRun): Promise<void> {
  const expected = spans.map(
    ({ name, spanId, parentSpanId, traceId, status, startTimeUnixNano, service, attributes }) => ({
      name,
      spanId,
      parentSpanId,
      traceId,
      kind: "SPAN_KIND_INTERNAL",
      status,
      startTimeUnixNano,
      service,
      attributes,
    }),
  );
  await expect.poll(() => readTrace(tempo, summary.traceId).then(bySpanId), patience).toEqual(bySpanId(expected));
}

/** Loki has each record that `runlight logs` prints, whether it is asked by the run's id, by its trace or by each event name. */
export async function expectSameRecords({ loki }: NativeStack, { summary, records }: ShippedRun): Promise<void> {
  const expected = records.map(({ timeUnixNano, eventName, spanId, level, body }) =>
    lineOf({
      timeUnixNano,
      event: eventName ?? "",
      spanId: spanId ?? "",
      level: level ?? "",
      body: typeof body === "string" ? body : undefined,
    }),
  );
  const find = async (filter: string): Promise<readonly string[]> => {
    const found = await queryRecords(loki, `{service_name="flights"} | ${filter}`);
    return found
      .map(({ timeUnixNano, line, labels }) =>
        lineOf({
          timeUnixNano,
          event: labels["event_name"] ?? "",
          spanId: labels["span_id"] ?? "",
          level: (labels["severity_text"] ?? "").toLowerCase(),
          // What is no text is written by Loki in a way of its own.
          body: line === "" || line.startsWith("{") ? undefined : line,
        }),
      )
      .sort();
  };
  const ofRun = `workflow_execution_id="${summary.runId}"`;
  await expect.poll(() => find(ofRun), patience).toEqual(expected.toSorted());
  expect(await find(`trace_id="${summary.traceId}"`)).toEqual(expected.toSorted());

  const events = [...new Set(records.flatMap(({ eventName }) => eventName ?? []))];
  const counts = await Promise.all(
    events.map(async (event) => [event, (await find(`${ofRun} | event_name="${event}"`)).length]),
  );
  expect(counts).toEqual(events.map((event) => [event, records.filter(({ eventName }) => eventName === event).length]));
}

/** Prometheus has the numbers of `runlight show`: runs, stages, kernel calls, items, checks, and how long they took. */
export async function expectSameNumbers({ prometheus }: NativeStack, { summary, instance }: ShippedRun): Promise<void> {
  const { workflow, status, durationSeconds, stages, kernels, items, checks } = summary;
  const sum = (metric: string, ...labels: readonly string[]): Promise<Readonly<Record<string, number>>> =>
    queryValues(
      prometheus,
      `sum by (${labels.join(",")}) (last_over_time(${metric}{service_name="flights",service_instance_id="${instance}"}[1h]))`,
      ...labels,
    );
  const ofRun = ["workflow_definition_name", "workflow_execution_outcome"];
  const ofOperation = ["runlight_operation_name"];
  await expect
    .poll(() => sum("workflow_execution_duration_seconds_count", ...ofRun), patience)
    .toEqual({ [`${workflow},${status}`]: 1 });
  expectClose(await sum("workflow_execution_duration_seconds_sum", ...ofRun), {
    [`${workflow},${status}`]: durationSeconds,
  });
  // What is told of one end may come in several requests.
  await expect
    .poll(() => sum("workflow_execution_active", "workflow_definition_name"), patience)
    .toEqual({
      [workflow]: 0,
    });

  await expect
    .poll(() => sum("runlight_stage_duration_seconds_count", ...ofOperation), patience)
    .toEqual(byName(stages, ({ count }) => count));
  expectClose(
    await sum("runlight_stage_duration_seconds_sum", ...ofOperation),
    byName(stages, (stage) => stage.durationSeconds),
  );
  await expect
    .poll(() => sum("runlight_kernel_duration_seconds_count", ...ofOperation), patience)
    .toEqual(byName(kernels, ({ count }) => count));
  expectClose(
    await sum("runlight_kernel_duration_seconds_sum", ...ofOperation),
    byName(kernels, (kernel) => kernel.durationSeconds),
  );

  await expect
    .poll(() => sum("runlight_items_processed_total", "runlight_items_unit"), patience)
    .toEqual(Object.fromEntries(items.map(({ unit, processed }) => [unit, processed])));
  const outcomes = checks.map(({ name, outcome }) => `${name},${outcome}`);
  await expect
    .poll(() => sum("runlight_data_quality_checks_total", "runlight_check_name", "runlight_check_outcome"), patience)
    .toEqual(Object.fromEntries(outcomes.map((key) => [key, outcomes.filter((other) => other === key).length])));
}

/** The histograms of runs and stages bear exemplars, each of which names a span of the run that took so long. */
export async function expectExemplars(stack: NativeStack, { summary, instance }: ShippedRun): Promise<void> {
  const select = (metric: string): string =>
    `${metric}_bucket{service_name="flights",service_instance_id="${instance}"}`;
  const find = (metric: string): ReturnType<typeof queryExemplars> => queryExemplars(stack.prometheus, select(metric));
  await expect.poll(() => find("workflow_execution_duration_seconds").then((found) => found.length), patience).toBe(1);

  await expect
    .poll(() => readTrace(stack.tempo, summary.traceId).then(({ length }) => length), patience)
    .toBeGreaterThan(0);
  const spans = new Map((await readTrace(stack.tempo, summary.traceId)).map((span) => [span.spanId, span.name]));
  const [run] = await find("workflow_execution_duration_seconds");
  expect([run?.traceId, spans.get(run?.spanId ?? "")]).toEqual([summary.traceId, `workflow ${summary.workflow}`]);
  expect(run?.value).toBeCloseTo(summary.durationSeconds, 9);

  const namesOf = (exemplars: Awaited<ReturnType<typeof find>>): ReadonlySet<unknown> =>
    new Set(exemplars.map(({ labels }) => labels["runlight_operation_name"]));
  await expect
    .poll(() => find("runlight_stage_duration_seconds").then(namesOf), patience)
    .toEqual(new Set(summary.stages.map(({ name }) => name)));
  const ofStages = await find("runlight_stage_duration_seconds");
  expect(ofStages.map(({ traceId, spanId }) => [traceId, spans.get(spanId)])).toEqual(
    ofStages.map(({ labels }) => [summary.traceId, `stage ${labels["runlight_operation_name"]}`]),
  );
}

function bySpanId<Span extends { readonly spanId: string }>(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((left, right) => left.spanId.localeCompare(right.spanId));
}

interface Line {
  readonly timeUnixNano: string;
  readonly event: string;
  readonly spanId: string;
  readonly level: string;
  readonly body: string | undefined;
}

function lineOf({ timeUnixNano, event, spanId, level, body }: Line): string {
  return [timeUnixNano, level, event, spanId, body ?? ""].join(" ");
}

function byName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  value: (entry: Entry) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(entries.map((entry) => [entry.name, value(entry)]));
}

/** Sums of the same numbers in another order differ in their last digits. */
function expectClose(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) expect(actual[name], name).toBeCloseTo(value, 9);
}
