import { workflow } from "./kinds.ts";
import type { AnyFunction } from "./wrap-function.ts";

/** What a workflow promises; alerts are made from it. Durations as Prometheus writes them: `90m`, `26h`, `1d12h`. */
export interface WorkflowDefinition {
  /** Name of the workflow. */
  readonly name: string;
  /** When it is due: a cron pattern of five or six fields. */
  readonly schedule?: string;
  /** IANA name of the time zone of `schedule`. Default: that of the machine. */
  readonly timeZone?: string;
  /** No run takes longer. */
  readonly maxDuration?: string;
  /** No more time than this lies between two runs that end well. Default: the longest pause of `schedule` and `maxDuration`, or an hour. */
  readonly freshness?: string;
  /** A run that ends well has processed at least so many items. */
  readonly minItems?: number;
  /** Receiver of Alertmanager to which the workflow's alerts go. Default: that of their severity. */
  readonly receiver?: string;
}

/** A function whose every call is a run, and what the workflow promises. */
export type DefinedWorkflow<F extends AnyFunction> = F & { readonly definition: WorkflowDefinition };

/**
 * Gives `body` back as a workflow with a definition: called, it runs like `workflow.wrap(name, body)`; imported, it tells its
 * definition, from which `runlight alerts define` makes rules, routes and their tests. Nothing is judged here: a schedule is read there.
 */
export function defineWorkflow<F extends AnyFunction>(definition: WorkflowDefinition, body: F): DefinedWorkflow<F> {
  return Object.assign(workflow.wrap(definition.name, body), { definition: Object.freeze({ ...definition }) });
}
