import { ROOT_CONTEXT, SpanKind, context } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { describe, expect, test } from "vitest";
import { kernel, pipeline, stage, workflow } from "../../src/operation/kinds.ts";
import { startQueueing } from "../../src/queue/start-queueing.ts";
import { observeTelemetry } from "./observed-telemetry.ts";
import type { ObservedTelemetry } from "./observed-telemetry.ts";

/** As in another process, which has only what travelled with the job. */
function elsewhere<T>(body: () => T): T {
  return context.with(ROOT_CONTEXT, body);
}

const travelled = (carrier: unknown): unknown => JSON.parse(JSON.stringify(carrier));

function spanNamed(telemetry: ObservedTelemetry, name: string): ReadableSpan {
  const span = telemetry.spans().find((candidate) => candidate.name === name);
  if (span === undefined) throw new Error(`no span ${name}`);
  return span;
}

const linksOf = ({ links }: ReadableSpan): unknown[] =>
  links.map((link) => [link.context.spanId, link.attributes?.["runlight.link.kind"]]);

describe("pipeline.queue()", () => {
  test("gives a ticket whose carrier is JSON-safe, and tells span, record and counter", async () => {
    await using telemetry = observeTelemetry();
    const { run, ticket } = workflow("gallery", (operation) =>
      stage("hang", () => ({
        run: operation.run?.id,
        ticket: pipeline.queue("paint é", { attributes: { colour: "red" } }),
      })),
    );
    const producer = spanNamed(telemetry, "queue paint é");
    const { traceId, spanId } = producer.spanContext();
    expect(producer.kind).toBe(SpanKind.PRODUCER);
    expect(producer.attributes).toMatchObject({
      "workflow.execution.id": run,
      colour: "red",
      "runlight.pipeline.name": "paint é",
    });
    const { "runlight-queued-at": queuedAt, ...carrier } = ticket.carrier;
    expect(travelled(carrier)).toEqual({
      traceparent: `00-${traceId}-${spanId}-01`,
      baggage: `workflow.execution.id=${run},workflow.definition.name=gallery`,
      "runlight-pipeline": "paint%20%C3%A9",
      "runlight-attempt": "1",
    });
    expect(Date.now() - Date.parse(queuedAt ?? "")).toBeLessThan(10_000);
    const [record] = telemetry.records("pipeline.queued");
    expect(record?.spanContext?.spanId).toBe(spanId);
    expect(record?.attributes).toEqual({
      "workflow.execution.id": run,
      "workflow.definition.name": "gallery",
      "runlight.stage.name": "hang",
      "runlight.operation.kind": "pipeline",
      "runlight.operation.name": "paint é",
      "runlight.operation.attempt": 1,
      colour: "red",
    });
    expect(telemetry.records("stage.completed")[0]?.attributes["runlight.pipeline.queued"]).toBe(1);
    expect(await telemetry.points("runlight.pipeline.queued")).toEqual([
      { value: 1, attributes: { "runlight.operation.name": "paint é", "workflow.definition.name": "gallery" } },
    ]);
  });

  test("a queue that refuses leaves a failed producer span and no queued record", async () => {
    await using telemetry = observeTelemetry();
    const queueing = startQueueing("paint");
    queueing.failed(new RangeError("full"));
    queueing.queued();
    const { status, attributes } = spanNamed(telemetry, "queue paint");
    expect([status.message, attributes["error.type"]]).toEqual(["RangeError: full", "RangeError"]);
    expect(telemetry.records("pipeline.queued")).toEqual([]);
  });
});

describe("pipeline.take()", () => {
  test("runs a run's pipeline elsewhere as part of that run, linked to its producer", async () => {
    await using telemetry = observeTelemetry();
    const { run, ticket } = workflow("gallery", (operation) => ({
      run: operation.run?.id,
      ticket: pipeline.queue("paint"),
    }));
    const taken = elsewhere(() => pipeline.take(travelled(ticket.carrier), (_operation, facts) => facts));
    const producer = spanNamed(telemetry, "queue paint");
    const consumer = spanNamed(telemetry, "pipeline paint");
    expect(consumer.kind).toBe(SpanKind.CONSUMER);
    expect(consumer.spanContext().traceId).toBe(producer.spanContext().traceId);
    expect(consumer.parentSpanContext?.spanId).toBe(producer.spanContext().spanId);
    expect(linksOf(consumer)).toEqual([[producer.spanContext().spanId, "producer"]]);
    expect(consumer.attributes).toMatchObject({
      "workflow.execution.id": run,
      "workflow.definition.name": "gallery",
      "runlight.operation.attempt": 1,
      "runlight.pipeline.queue.duration": taken.queueSeconds,
    });
    const [started] = telemetry.records("pipeline.started");
    expect(started?.attributes["runlight.pipeline.queue.duration"]).toBe(taken.queueSeconds);
    const [point] = await telemetry.points("runlight.pipeline.queue.duration");
    expect(point?.attributes).toEqual({ "runlight.operation.name": "paint", "workflow.definition.name": "gallery" });
    expect(point?.value).toMatchObject({ count: 1, sum: taken.queueSeconds });
  });

  test("measures a run's pipeline elsewhere, and all inside, as that run's workflow", async () => {
    await using telemetry = observeTelemetry();
    const { runId, carrier } = workflow("gallery", ({ run }) => ({
      runId: run?.id,
      carrier: pipeline.queue("paint").carrier,
    }));
    const worksFor = elsewhere(() =>
      pipeline.take(travelled(carrier), ({ run }) => {
        kernel("mix", () => undefined);
        stage("brush", (brush) => brush.count(3, "stroke"));
        return run?.id;
      }),
    );
    expect(worksFor).toBe(runId);
    const ofTheRun = { "workflow.definition.name": "gallery", "runlight.operation.outcome": "success" };
    for (const [metric, name] of [
      ["runlight.pipeline.duration", "paint"],
      ["runlight.stage.duration", "brush"],
      ["runlight.kernel.duration", "mix"],
    ] as const)
      expect((await telemetry.points(metric)).map(({ attributes }) => attributes)).toEqual([
        { ...ofTheRun, "runlight.operation.name": name },
      ]);
    expect(await telemetry.points("runlight.items.processed")).toEqual([
      {
        value: 3,
        attributes: {
          "workflow.definition.name": "gallery",
          "runlight.operation.name": "brush",
          "runlight.items.unit": "stroke",
        },
      },
    ]);
    // It is over here and no run of this process: nothing says that it is active, or ends it a second time.
    expect(telemetry.records("workflow.summary")).toHaveLength(1);
  });

  test("counts a run's pipeline that is taken in the run's own process in its summary", async () => {
    await using telemetry = observeTelemetry();
    workflow("gallery", () => {
      const { carrier } = pipeline.queue("paint");
      elsewhere(() => pipeline.take(travelled(carrier), () => undefined));
    });
    const [summary] = telemetry.records("workflow.summary");
    expect(summary?.body).toMatchObject({ pipelines: [{ name: "paint", count: 1 }] });
  });

  test("begins a trace of its own for a pipeline that no run queued", async () => {
    await using telemetry = observeTelemetry();
    const ticket = pipeline.queue("paint");
    expect(elsewhere(() => pipeline.take(ticket, () => "done"))).toBe("done");
    const producer = spanNamed(telemetry, "queue paint");
    const consumer = spanNamed(telemetry, "pipeline paint");
    expect(consumer.parentSpanContext).toBeUndefined();
    expect(consumer.spanContext().traceId).not.toBe(producer.spanContext().traceId);
    expect(linksOf(consumer)).toEqual([[producer.spanContext().spanId, "producer"]]);
  });

  test("stays within the operation that is active where both are of one run", async () => {
    await using telemetry = observeTelemetry();
    workflow("gallery", (operation) => {
      const ticket = pipeline.queue("paint");
      stage("work off", () => pipeline.take(ticket, (taken) => expect(taken.run).toBe(operation.run)));
    });
    const consumer = spanNamed(telemetry, "pipeline paint");
    expect(consumer.parentSpanContext?.spanId).toBe(spanNamed(telemetry, "stage work off").spanContext().spanId);
    expect(linksOf(consumer)).toEqual([[spanNamed(telemetry, "queue paint").spanContext().spanId, "producer"]]);
  });

  test("leaves a worker's own run for the run that queued, and links what the worker was doing", async () => {
    await using telemetry = observeTelemetry();
    const { run, ticket } = workflow("gallery", (operation) => ({
      run: operation.run?.id,
      ticket: pipeline.queue("paint"),
    }));
    workflow("worker", () => pipeline.take(ticket.carrier, () => undefined));
    const producer = spanNamed(telemetry, "queue paint").spanContext();
    const consumer = spanNamed(telemetry, "pipeline paint");
    expect(consumer.attributes["workflow.execution.id"]).toBe(run);
    expect(consumer.parentSpanContext?.spanId).toBe(producer.spanId);
    expect(linksOf(consumer)).toEqual([
      [producer.spanId, "producer"],
      [spanNamed(telemetry, "workflow worker").spanContext().spanId, "consumer"],
    ]);
  });

  test("rejects as its body does, and what is no body is refused", async () => {
    await using _telemetry = observeTelemetry();
    const ticket = pipeline.queue("paint");
    await expect(pipeline.take(ticket, async () => Promise.reject(new RangeError("no paint")))).rejects.toThrow(
      "no paint",
    );
    expect(() => pipeline.take(ticket, undefined as never)).toThrow(
      new TypeError("Cannot take pipeline: body must be a function, current value is undefined"),
    );
  });
});

describe("pipeline()", () => {
  test("takes a carrier as an option, when it runs and when it is started", async () => {
    await using telemetry = observeTelemetry();
    const { carrier } = pipeline.queue("queued name");
    expect(pipeline("paint", { queued: carrier, attempt: 3 }, () => "done")).toBe("done");
    pipeline.start("sand", { queued: carrier }).end();
    const producer = spanNamed(telemetry, "queue queued name").spanContext().spanId;
    for (const name of ["pipeline paint", "pipeline sand"])
      expect(linksOf(spanNamed(telemetry, name))).toEqual([[producer, "producer"]]);
    expect(spanNamed(telemetry, "pipeline paint").attributes["runlight.operation.attempt"]).toBe(3);
    expect(spanNamed(telemetry, "pipeline paint").kind).toBe(SpanKind.CONSUMER);
  });

  test("without a carrier stays what it was: no consumer, no attempt", async () => {
    await using telemetry = observeTelemetry();
    pipeline("paint", () => undefined);
    const { kind, attributes } = spanNamed(telemetry, "pipeline paint");
    expect([kind, attributes["runlight.operation.attempt"]]).toEqual([SpanKind.INTERNAL, undefined]);
  });
});

describe("pipeline.requeue()", () => {
  test("links each attempt to the one before and to the first producer, within the run", async () => {
    await using telemetry = observeTelemetry();
    const { run, ticket } = workflow("gallery", (operation) => ({
      run: operation.run?.id,
      ticket: pipeline.queue("paint"),
    }));
    let carrier = travelled(ticket.carrier);
    const ids: string[] = [];
    for (const attempt of [1, 2, 3]) {
      carrier = elsewhere(() =>
        pipeline.take(carrier, (operation, facts) => {
          expect(facts.attempt).toBe(attempt);
          ids.push(operation.spanContext.spanId);
          return travelled(pipeline.requeue(operation).carrier);
        }),
      );
    }
    const producer = spanNamed(telemetry, "queue paint").spanContext();
    const attempts = telemetry.spans().filter(({ name }) => name === "pipeline paint");
    expect(attempts.map(linksOf)).toEqual([
      [[producer.spanId, "producer"]],
      [
        [producer.spanId, "producer"],
        [ids[0], "attempt"],
      ],
      [
        [producer.spanId, "producer"],
        [ids[1], "attempt"],
      ],
    ]);
    expect(new Set(attempts.map((span) => span.attributes["workflow.execution.id"]))).toEqual(new Set([run]));
    const queued = telemetry
      .records("pipeline.queued")
      .map(({ attributes }) => attributes["runlight.operation.attempt"]);
    expect(queued).toEqual([1, 2, 3, 4]);
    const ended = telemetry
      .records("pipeline.completed")
      .map(({ attributes }) => attributes["runlight.pipeline.queued"]);
    expect(ended).toEqual([undefined, undefined, undefined]);
  });

  test("an attempt that may never come is not told, and will not know how long it waited", async () => {
    await using telemetry = observeTelemetry();
    const { carrier } = pipeline.take(undefined, (operation) => pipeline.requeue(operation, { waiting: false }));
    expect(Object.keys(carrier)).toEqual(["traceparent", "runlight-pipeline", "runlight-previous"]);
    expect(telemetry.records("pipeline.queued")).toEqual([]);
  });
});
