import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** Workflows that do not keep what their definitions promise. */
export const promiseScenarios: readonly Scenario[] = [
  {
    cause: "a workflow that ran does not run again",
    alerts: [{ alert: "RunlightRunOverdue", subject: "drill-overdue" }],
    async begin(drill) {
      const mishap = await startUntilMended(drill, "overdue");
      // Before its first run it was overdue, too.
      await drill.pager.wait(
        ({ alert, subject, status }) =>
          alert === "RunlightRunOverdue" && subject === "drill-overdue" && status === "resolved",
        drill.signal,
      );
      return { ...mishap, beganMs: Date.now() };
    },
  },
  {
    cause: "a run takes longer than it promised",
    alerts: [{ alert: "RunlightRunOverlong", subject: "drill-overlong" }],
    begin: (drill) => startUntilMended(drill, "overlong"),
  },
  {
    cause: "a run processes ten of a hundred items",
    alerts: [{ alert: "RunlightTooFewItems", subject: "drill-sparse" }],
    begin: (drill) => startUntilMended(drill, "sparse"),
  },
];
