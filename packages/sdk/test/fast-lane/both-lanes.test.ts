import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { readSpools } from "../support/read-spool.ts";

/** What no two runs have in common: ids, times, sizes. */
const measured = /duration|memory|id$|stacktrace/;

/** Everything a program wrote, without what no two runs have in common; spans by the names of those around them. */
async function writtenBy(fastLane: boolean) {
  using directory = temporaryDirectory();
  const { exitCode } = await runProgram("both-lanes.ts", {
    env: { RUNLIGHT_DIRECTORY: directory.path, RUNLIGHT_FAST_LANE: String(fastLane) },
  });
  expect(exitCode).toBe(0);
  const { spans, logRecords, metrics, text, resources } = readSpools(directory.path);
  const names = new Map(spans.map((span) => [span.spanId, span.name]));
  const traces = [...new Set(spans.map((span) => span.traceId))];
  const known = (id: string | undefined) => names.get(id ?? "");
  return {
    text,
    resources,
    spans: spans
      .map((span) => ({
        ...span,
        traceId: traces.indexOf(span.traceId),
        spanId: undefined,
        parentSpanId: known(span.parentSpanId),
        startTimeUnixNano: undefined,
        endTimeUnixNano: undefined,
        resource: undefined,
        attributes: steady(span.attributes),
        events: span.events.map((event) => ({
          ...event,
          timeUnixNano: undefined,
          attributes: steady(event.attributes),
        })),
        links: span.links.map((link) => ({ ...link, traceId: undefined, spanId: known(link.spanId) })),
        hasLength: span.endTimeUnixNano >= span.startTimeUnixNano,
      }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    logRecords: logRecords
      // What telemetry says of itself differs, and what git says of the directory comes when it comes.
      .filter(({ eventName }) => !eventName?.startsWith("telemetry.") && eventName !== "workflow.environment")
      .map((record) => ({
        ...record,
        traceId: traces.indexOf(record.traceId ?? ""),
        spanId: known(record.spanId),
        timeUnixNano: undefined,
        observedTimeUnixNano: undefined,
        resource: undefined,
        attributes: steady(record.attributes),
        body: record.eventName === "workflow.summary" ? undefined : shape(record.body),
      })),
    metrics: [...new Set(metrics.map((metric) => metric.name))].toSorted(),
  };
}

function steady(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, measured.test(key) ? typeof value : value]),
  );
}

function shape(body: unknown): unknown {
  return typeof body === "string" ? body.replace(/[\d.]+ ?(?:µs|ms|s)\b/, "…") : body;
}

test("fastLane: true and fastLane: false write the same", async () => {
  const stock = await writtenBy(false);
  const fast = await writtenBy(true);
  expect(fast.spans).toEqual(stock.spans);
  expect(fast.logRecords).toEqual(stock.logRecords);
  expect(fast.resources).toEqual(stock.resources.map((resource) => ({ ...resource, ...changing(fast.resources[0]) })));
  expect(fast.text).not.toContain("hunter2");
  expect(fast.spans.length).toBeGreaterThan(48);
});

function changing(resource: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => /pid|instance|creation|time/.test(key)));
}
