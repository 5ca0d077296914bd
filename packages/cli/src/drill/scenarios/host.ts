import { makeControlGroup } from "../control-group.ts";
import { temporaryDevice } from "../drill-rooms.ts";
import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** Processes that take too much of the host. */
export const hostScenarios: readonly Scenario[] = [
  {
    cause: "a process keeps 2 MiB more each second",
    alerts: [{ alert: "RunlightMemoryLeak", subject: "drill-leak" }],
    begin: (drill) => startUntilMended(drill, "leak"),
  },
  {
    cause: "a process takes the host's memory, as far as the drill lets it",
    alerts: [
      { alert: "RunlightMemoryHigh", subject: "drill-memory", silencedBy: "RunlightMemoryCritical" },
      { alert: "RunlightMemoryCritical", subject: "drill-memory" },
    ],
    begin: (drill) =>
      startUntilMended(drill, "memory", {
        args: [String(drill.rooms.memory.usedShare), String(drill.rooms.memory.roomShare)],
      }),
  },
  {
    cause: "the kernel kills a command in a control group of 64 MiB",
    alerts: [{ alert: "RunlightChildOutOfMemory", subject: "drill-out-of-memory" }],
    async begin(drill) {
      const group = makeControlGroup();
      if (group === undefined) return { impossible: "this user may make no control group that limits memory" };
      const job = drill.startJob("out-of-memory", { args: ["0", "0", group.path] });
      return { beganMs: job.startedMs, mend: () => job.mend(), clear: () => group.remove() };
    },
  },
  {
    cause: "a process fills the disk, as far as the drill lets it",
    alerts: [
      { alert: "RunlightDiskFilling", subject: temporaryDevice(), silencedBy: "RunlightDiskFull" },
      { alert: "RunlightDiskFull", subject: temporaryDevice() },
    ],
    begin: (drill) => startUntilMended(drill, "disk", { args: ["0", "0", drill.stack.directory] }),
  },
];
