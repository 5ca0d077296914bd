import { stage } from "@runlight/sdk";
import type { Operation } from "@runlight/sdk";
import type { StageName } from "./options.ts";
import type { Pace } from "./pace.ts";

/** Runs one stage of the run. */
export type Step = <T>(
  name: StageName,
  month: string | undefined,
  body: (stage: Operation) => Promise<T> | T,
) => Promise<T>;

/** How the steps of a run are taken. */
export interface StepSettings {
  /** Steps in all, for the run's progress. */
  readonly total: number;
  readonly pace: Pace;
  /** Stage that is to fail. */
  readonly fail: StageName | undefined;
}

/** Makes what runs the stages of `run`: each is a stage of its own, moves the run's progress on and gives way afterwards. */
export function createStep(run: Operation, { total, pace, fail }: StepSettings): Step {
  let done = 0;
  return async (name, month, body) => {
    const result = await stage(name, month === undefined ? {} : { subject: month }, (operation) => {
      if (name === fail) failOnRequest(name, month);
      return body(operation);
    });
    run.progress({ done: ++done, total, unit: "stage" });
    await pace();
    return result;
  };
}

function failOnRequest(name: StageName, month = "the whole file"): never {
  throw new Error(`Stage ${name} of ${month} failed because --fail ${name} asked for it`);
}
