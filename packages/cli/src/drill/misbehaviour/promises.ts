import { setTimeout as delay } from "node:timers/promises";
import { overdueWorkflow, overlongWorkflow, sparseWorkflow } from "../drill-workflows.ts";
import type { Misbehaviour } from "./misbehaviour.ts";

/** Workflows that do not keep what their definitions promise. */
export const brokenPromises: Readonly<Record<string, Misbehaviour>> = {
  async overdue(mended) {
    await overdueWorkflow();
    await mended;
    await overdueWorkflow();
    await delay(3000);
  },
  async overlong(mended) {
    await overlongWorkflow(mended);
  },
  async sparse(mended) {
    await sparseWorkflow(10);
    await mended;
    await sparseWorkflow(1000);
    await delay(3000);
  },
};
