import type { OperationKind } from "@runlight/conventions/names";
import * as fc from "fast-check";

/** How a step's own steps come about: at once, after a microtask, a timer or an immediate, or from a timer's callback. */
export type Pace = "callback" | "immediate" | "microtask" | "sync" | "timer";

/** What is bound around steps; `null` takes a binding away. */
export interface Bindings {
  readonly subject?: string | null;
  readonly correlationId?: string | null;
}

/** What every step has that others are inside of. */
export interface Nest {
  readonly name: string;
  readonly pace: Pace;
  /** Steps inside run at the same time. */
  readonly together: boolean;
  readonly inside: readonly Step[];
}

/** An operation, and in which form it is called. */
export interface OperationStep extends Nest {
  readonly step: "operation";
  readonly kind: OperationKind;
  readonly form: "call" | "generator" | "start" | "synchronous" | "wrap";
  readonly options: { readonly subject?: string; readonly correlationId?: string };
  readonly fails: boolean;
}

/** One thing a program does. */
export type Step =
  | OperationStep
  | ({ readonly step: "span" } & Nest)
  | ({ readonly step: "bind"; readonly bindings: Bindings } & Nest)
  /** Leaves all context behind. */
  | ({ readonly step: "detach" } & Nest)
  /** The first attempt fails, the second does the steps inside. */
  | ({ readonly step: "retry" } & Nest)
  /** Queued here and taken at once, or when all else is done: with nothing around, or within a run of another workflow. */
  | ({ readonly step: "queue"; readonly taken: "afterwards" | "at once" | "in another run" } & Nest)
  | { readonly step: "event" | "log" };

const subject = fc.constantFrom("2001-01", "2001-02");
const correlationId = fc.constantFrom("c-1", "c-2");
const required = { requiredKeys: [] };

const { step } = fc.letrec<{ step: Step; nest: Nest }>((tie) => {
  const nest = {
    // A few names, that equal ones meet; far fewer children than are folded.
    name: fc.constantFrom("load", "fit", "plot"),
    pace: fc.constantFrom<Pace>("sync", "sync", "microtask", "timer", "immediate", "callback"),
    together: fc.boolean(),
    inside: fc.array(tie("step"), { maxLength: 3, depthIdentifier: "steps" }),
  };
  const record = <T extends Step>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Step> =>
    fc.record(model) as unknown as fc.Arbitrary<Step>;
  const leaf = fc.record({ step: fc.constantFrom("event", "log") }) as fc.Arbitrary<Step>;
  const operation = record<OperationStep>({
    step: fc.constant("operation"),
    kind: fc.constantFrom<OperationKind>("workflow", "stage", "stage", "pipeline", "kernel"),
    form: fc.constantFrom("call", "call", "generator", "start", "synchronous", "wrap"),
    options: fc.record({ subject, correlationId }, required) as fc.Arbitrary<OperationStep["options"]>,
    fails: fc.boolean(),
    ...nest,
  });
  const bindings = fc.record(
    { subject: fc.option(subject), correlationId: fc.option(correlationId) },
    required,
  ) as fc.Arbitrary<Bindings>;
  return {
    nest: fc.record(nest),
    step: fc.oneof(
      { depthSize: "medium", depthIdentifier: "steps", maxDepth: 6 },
      { weight: 3, arbitrary: leaf },
      { weight: 8, arbitrary: operation },
      { weight: 2, arbitrary: record<Extract<Step, { step: "span" }>>({ step: fc.constant("span"), ...nest }) },
      {
        weight: 2,
        arbitrary: record<Extract<Step, { step: "bind" }>>({ step: fc.constant("bind"), bindings, ...nest }),
      },
      { weight: 1, arbitrary: record<Extract<Step, { step: "detach" }>>({ step: fc.constant("detach"), ...nest }) },
      { weight: 1, arbitrary: record<Extract<Step, { step: "retry" }>>({ step: fc.constant("retry"), ...nest }) },
      {
        weight: 2,
        arbitrary: record<Extract<Step, { step: "queue" }>>({
          step: fc.constant("queue"),
          taken: fc.constantFrom("afterwards", "at once", "in another run"),
          ...nest,
        }),
      },
    ),
  };
});

const steps = fc.array(step, { minLength: 1, maxLength: 4 });

/** Programs of a few steps, nested at random; most of them a run. */
export const programs: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 1, arbitrary: steps },
  {
    weight: 3,
    arbitrary: fc.tuple(steps, fc.boolean()).map(([inside, together]): readonly Step[] => [
      {
        step: "operation",
        kind: "workflow",
        form: "call",
        name: "night",
        options: {},
        fails: false,
        pace: "microtask",
        together,
        inside,
      },
    ]),
  },
);
