import { setTimeout as delay } from "node:timers/promises";
import { activeOperation, defineWorkflow } from "@runlight/sdk";
import type { DefinedWorkflow } from "@runlight/sdk";

/** Promises to end well every twenty minutes, which are seconds in a drill. */
export const overdueWorkflow: DefinedWorkflow<() => Promise<void>> = defineWorkflow(
  { name: "drill-overdue", freshness: "20m" },
  () => Promise.resolve(),
);

/** Promises to be done within thirty minutes, which are seconds in a drill. */
export const overlongWorkflow: DefinedWorkflow<(done: Promise<unknown>) => Promise<void>> = defineWorkflow(
  { name: "drill-overlong", maxDuration: "30m" },
  async (done) => void (await done),
);

/** Promises a hundred items. */
export const sparseWorkflow: DefinedWorkflow<(items: number) => Promise<void>> = defineWorkflow(
  { name: "drill-sparse", minItems: 100 },
  async (items) => {
    activeOperation()?.count(items);
    await delay(100);
  },
);
