import { once } from "node:events";
import { serviceWithHistory } from "../drill-history.ts";
import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** Runs that fail, stand still, are slow, or are ended from outside. */
export const runScenarios: readonly Scenario[] = [
  {
    cause: "a run's progress stands still",
    alerts: [
      { alert: "RunlightRunStuck", subject: "drill-stuck", silencedBy: "RunlightRunStuckLong" },
      { alert: "RunlightRunStuckLong", subject: "drill-stuck" },
    ],
    begin: (drill) => startUntilMended(drill, "stuck"),
  },
  {
    cause: "a run throws",
    alerts: [{ alert: "RunlightRunFailed", subject: "drill-fail" }],
    begin: (drill) => startUntilMended(drill, "fail"),
  },
  {
    cause: "a run's process is killed",
    alerts: [{ alert: "RunlightRunLost", subject: "drill-killed" }],
    async begin(drill) {
      const job = drill.startJob("beating", { service: "drill-killed" });
      await drill.stack.prometheus.waitForRun(job.service, drill.signal);
      job.process.kill("SIGKILL");
      await once(job.process, "exit");
      return { beganMs: Date.now() };
    },
  },
  {
    cause: "a run takes longer than eight before it",
    alerts: [{ alert: "RunlightRunSlow", subject: "drill-slow" }],
    begin: (drill) => startUntilMended(drill, "slow"),
  },
  {
    cause: "stages take longer than in their history",
    alerts: [
      { alert: "RunlightStageSlow", subject: serviceWithHistory },
      { alert: "RunlightStageDrift", subject: serviceWithHistory },
    ],
    begin: (drill) => startUntilMended(drill, "baseline"),
  },
  {
    cause: "eight stages throw",
    alerts: [{ alert: "RunlightErrorSpike", subject: "drill-errors" }],
    begin: (drill) => startUntilMended(drill, "errors"),
  },
  {
    cause: "four of five runs throw",
    alerts: [{ alert: "RunlightSloBurnFast", subject: "drill-burn-fast" }],
    begin: (drill) => startUntilMended(drill, "burn-fast"),
  },
  {
    cause: "four of 24 runs throw",
    alerts: [{ alert: "RunlightSloBurnSlow", subject: "drill-burn-slow" }],
    begin: (drill) => startUntilMended(drill, "burn-slow"),
  },
  {
    cause: "a check fails",
    alerts: [{ alert: "RunlightDataQualityFailed", subject: "drill-quality" }],
    begin: (drill) => startUntilMended(drill, "quality"),
  },
  {
    cause: "a run's job is about to be ended by its scheduler",
    alerts: [{ alert: "RunlightWallTimeNear", subject: "drill-ending" }],
    begin: (drill) =>
      startUntilMended(drill, "beating", {
        service: "drill-ending",
        environment: {
          RUNLIGHT_WALL_TIME_NOTICE: "600000",
          RUNLIGHT_JOB_END_TIME: String(Date.now() + 610_000),
        },
      }),
  },
];
