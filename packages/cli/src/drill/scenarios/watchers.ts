import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** The stack and the pages themselves. */
export const watcherScenarios: readonly Scenario[] = [
  {
    cause: "none: it fires always",
    alerts: [{ alert: "RunlightWatchdog", subject: "-", expects: "beat" }],
    begin: () => Promise.resolve({ beganMs: Date.now() }),
  },
  {
    cause: "a run fails, its mail server refuses and its webhook is broken",
    alerts: [{ alert: "RunlightPagingBroken", subject: "alertmanager" }],
    begin: (drill) => startUntilMended(drill, "fail", { service: "drill-unheard" }),
  },
  {
    cause: "all processes fall silent, one run among them",
    alerts: [{ alert: "RunlightNoData", subject: "-" }],
    alone: true,
    async begin(drill) {
      const job = drill.startJob("beating", { service: "drill-silent" });
      await drill.stack.prometheus.waitForRun(job.service, drill.signal);
      job.process.kill("SIGSTOP");
      return {
        beganMs: Date.now(),
        mend() {
          job.process.kill("SIGCONT");
          return Promise.resolve();
        },
      };
    },
  },
  {
    cause: "the Collector is killed while a run beats",
    alerts: [
      { alert: "RunlightStackPartDown", subject: "otelcol" },
      { alert: "RunlightRunLost", subject: "drill-unheard-of", silencedBy: "RunlightStackPartDown", expects: "mute" },
    ],
    alone: true,
    async begin(drill) {
      const job = drill.startJob("beating", { service: "drill-unheard-of" });
      await drill.stack.prometheus.waitForRun(job.service, drill.signal);
      drill.stack.kill("collector");
      return { beganMs: Date.now(), mend: () => drill.stack.up() };
    },
  },
  {
    cause: "Alertmanager is killed: the alert that fires always is heard no more",
    alerts: [{ alert: "RunlightWatchdog", subject: "-", expects: "missed beats" }],
    alone: true,
    begin(drill) {
      drill.stack.kill("alertmanager");
      return Promise.resolve({ beganMs: Date.now(), mend: () => drill.stack.up() });
    },
  },
];
