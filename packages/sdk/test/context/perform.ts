import { setImmediate as immediate, setTimeout as delay } from "node:timers/promises";
import { ROOT_CONTEXT, context, logs, trace } from "@opentelemetry/api";
import { EVENT_DATA_QUALITY_CHECK } from "@runlight/conventions/names";
import type { OperationKind } from "@runlight/conventions/names";
import { emitEvent, kernel, pipeline, retry, runInside, stage, withBindings, workflow } from "@runlight/sdk";
import type { Operation, OperationApi, OperationOptions } from "@runlight/sdk";
import type { Nest, OperationStep, Step } from "./tree.ts";

/** What everything at one place of a program must carry: attributes by name. Worked out from the program alone, not from what is active. */
export type Carried = Readonly<Record<string, string>>;

/** The name under which a span or record says what it must carry. */
export const markName = "test.carried";

/** What a program did. */
export interface Performed {
  /** What spans must carry that cannot be marked, by their ids. */
  readonly unmarked: ReadonlyMap<string, Carried>;
  readonly steps: ReadonlySet<string>;
}

const api: Readonly<Record<OperationKind, OperationApi<OperationOptions>>> = { workflow, stage, pipeline, kernel };
const tracer = trace.getTracer("somebody else");
const logger = logs.getLogger("somebody else");
const stop = new Error("meant to fail");

/** Does the steps, with nothing around. */
export async function perform(steps: readonly Step[]): Promise<Performed> {
  const unmarked = new Map<string, Carried>();
  const done = new Set<string>();
  const elsewhere: (() => Promise<void>)[] = [];

  /** The steps inside, now where nothing may wait, else at their pace. */
  function inside(nest: Nest, carried: Carried, mayWait: boolean): Promise<void> | undefined {
    if (!mayWait || nest.pace === "sync") {
      for (const step of nest.inside) void doStep(step, carried, false);
      return undefined;
    }
    return inTime(nest, carried);
  }

  async function inTime(nest: Nest, carried: Carried): Promise<void> {
    done.add(nest.pace);
    if (nest.pace === "microtask") await Promise.resolve();
    if (nest.pace === "timer") await delay(1);
    if (nest.pace === "immediate") await immediate();
    const all = async (): Promise<void> => {
      if (nest.together) await allOf(nest.inside.map(async (step) => doStep(step, carried, true)));
      else for (const step of nest.inside) await doStep(step, carried, true);
    };
    if (nest.pace !== "callback") return all();
    await new Promise<void>((resolve, reject) => setTimeout(() => void all().then(resolve, reject), 0));
  }

  function doStep(step: Step, carried: Carried, mayWait: boolean): Promise<void> | undefined {
    done.add(step.step);
    switch (step.step) {
      case "log":
        logger.emit({ body: "a line", attributes: mark(carried) });
        return undefined;
      case "event":
        emitEvent({ eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", attributes: mark(carried) });
        return undefined;
      case "span":
        return tracer.startActiveSpan(step.name, { attributes: mark(carried) }, (span) => {
          const waiting = inside(step, carried, mayWait);
          if (waiting === undefined) span.end();
          return waiting?.then(() => span.end());
        });
      case "bind": {
        const { subject, correlationId } = step.bindings;
        const bindings = {
          ...(subject === undefined ? {} : { subject: subject ?? undefined }),
          ...(correlationId === undefined ? {} : { correlationId: correlationId ?? undefined }),
        };
        return withBindings(bindings, () => inside(step, bound(carried, step.bindings), mayWait));
      }
      case "detach":
        return context.with(ROOT_CONTEXT, () => inside(step, {}, mayWait));
      case "retry":
        return mayWait ? tryTwice(step, carried) : inside(step, carried, false);
      case "queue":
        return queue(step, carried, mayWait);
      case "operation":
        return operate(step, carried, mayWait);
    }
  }

  function operate(step: OperationStep, around: Carried, mayWait: boolean): Promise<void> | undefined {
    const { kind, name, form, options, fails } = step;
    done.add(kind).add(form);
    const own = bound(around, options);
    const carriedBy = (operation: Operation): Carried => within(kind, name, own, operation);
    const work = (operation: Operation): Promise<void> | undefined => {
      const carried = carriedBy(operation);
      operation.setAttributes(mark(carried));
      const waiting = inside(step, form === "synchronous" ? around : carried, mayWait);
      if (waiting !== undefined) return waiting.then(() => failIf(fails));
      failIf(fails);
      return undefined;
    };
    if (form === "start") {
      const operation = api[kind].start(name, options);
      operation.setAttributes(mark(carriedBy(operation)));
      const waiting = runInside(operation, () => inside(step, carriedBy(operation), mayWait));
      const end = (): void => (fails ? operation.fail(stop) : operation.end());
      if (waiting === undefined) end();
      return waiting?.then(end);
    }
    if (form === "generator") {
      const run = api[kind](name, options, function* steps(operation) {
        operation.setAttributes(mark(carriedBy(operation)));
        for (const one of step.inside) {
          void doStep(one, carriedBy(operation), false);
          yield;
        }
        failIf(fails);
      });
      return allowed(() => {
        for (const _ of run) void doStep({ step: "log" }, around, false);
        return undefined;
      });
    }
    if (form === "wrap" && kind !== "workflow") {
      const carried = within(kind, name, own, undefined);
      const wrapped = api[kind].wrap(name, { ...options, attributes: mark(carried) }, () => {
        const waiting = inside(step, carried, mayWait);
        if (waiting === undefined) failIf(fails);
        return waiting?.then(() => failIf(fails));
      });
      return allowed(wrapped);
    }
    return allowed(() => api[kind](name, { ...options, synchronous: form === "synchronous" }, work));
  }

  function tryTwice(step: Nest, carried: Carried): Promise<void> {
    const outer = within("stage", step.name, carried, undefined);
    const options = { attempts: 2, minDelayMs: 0, jitter: false, attributes: mark(outer) };
    return retry(step.name, options, (attempt, number) => {
      const own = within("stage", `${step.name} attempt`, carried, undefined);
      attempt.setAttributes(mark(own));
      if (number === 1) throw new Error("meant to fail");
      return inside(step, own, true);
    });
  }

  function queue(
    step: Extract<Step, { step: "queue" }>,
    carried: Carried,
    mayWait: boolean,
  ): Promise<void> | undefined {
    const ticket = pipeline.queue(step.name);
    unmarked.set(ticket.spanContext.spanId, { ...carried, [names.pipeline]: step.name });
    const carrier: unknown = JSON.parse(JSON.stringify(ticket.carrier));
    const take = (around: Carried, wait: boolean): Promise<void> | undefined =>
      pipeline.take(carrier, (operation) => {
        const own = { ...joined(carried, around), [names.pipeline]: step.name };
        operation.setAttributes(mark(own));
        return inside(step, own, wait);
      });
    done.add(step.taken);
    if (step.taken === "at once") return take(carried, mayWait);
    elsewhere.push(async () => {
      if (step.taken === "afterwards") return take({}, true);
      return workflow("worker", async (operation) => {
        const around = within("workflow", "worker", {}, operation);
        operation.setAttributes(mark(around));
        return take(around, true);
      });
    });
    return undefined;
  }

  for (const step of steps) await doStep(step, {}, true);
  // What is taken may queue again.
  for (const take of elsewhere) await take();
  return { unmarked, steps: done };
}

const names = {
  run: "workflow.execution.id",
  workflow: "workflow.definition.name",
  stage: "runlight.stage.name",
  pipeline: "runlight.pipeline.name",
  subject: "runlight.subject.id",
  correlationId: "runlight.correlation.id",
} as const;

/** All that can be carried. */
export const carriedNames: readonly string[] = Object.values(names);

function mark(carried: Carried): Record<string, string> {
  return { [markName]: JSON.stringify(carried) };
}

function within(kind: OperationStep["kind"], name: string, around: Carried, operation: Operation | undefined): Carried {
  switch (kind) {
    case "kernel":
      return around;
    case "workflow":
      return { ...around, [names.run]: operation?.run?.id ?? "", [names.workflow]: name };
    default:
      return { ...around, [names[kind]]: name };
  }
}

function bound(
  carried: Carried,
  { subject, correlationId }: { subject?: string | null; correlationId?: string | null },
): Carried {
  const given = { [names.subject]: subject, [names.correlationId]: correlationId };
  const all = Object.entries({
    ...carried,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** What a pipeline that was queued at one place carries when it is taken at another: it stays of the run that queued it. */
function joined(queued: Carried, taken: Carried): Carried {
  const run = queued[names.run];
  if (run === undefined || run === taken[names.run]) return taken;
  const { [names.subject]: subject, [names.correlationId]: correlationId } = taken;
  return bound(
    { [names.run]: run, [names.workflow]: queued[names.workflow] ?? "" },
    { ...(subject === undefined ? {} : { subject }), ...(correlationId === undefined ? {} : { correlationId }) },
  );
}

/** Waits for all of them, also where one fails. */
async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

function failIf(fails: boolean): void {
  if (fails) throw stop;
}

/** Lets `body` fail as it is meant to. */
function allowed(body: () => Promise<void> | undefined): Promise<void> | undefined {
  try {
    return body()?.catch(pass);
  } catch (error) {
    pass(error);
    return undefined;
  }
}

function pass(error: unknown): void {
  if (error !== stop) throw error;
}
