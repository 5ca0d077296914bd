import { difference, percent } from "./arithmetic.ts";
import { cellsOf } from "./cells.ts";
import { tight } from "./operation.ts";
import type { Suite } from "./suite.ts";

/** Goal j. */
export const start: Suite = {
  name: "start",
  title: "Start, idle, off",
  prose: `Start: importing and switching on, with the half second afterwards in which threads come up; what Node.js itself takes is not
counted. Idle: 56 operations a second, the rate of a program that mostly waits; there nothing is warm. *Nothing* is the same
program without a tool. Off: an operation with \`mode: "off"\`, and one that is not sampled.`,
  plan(effort) {
    const idleSettings = effort.isQuick
      ? { perSecond: 56, warmUpMs: 1000, measureMs: 3000 }
      : { perSecond: 56, warmUpMs: 2000, measureMs: 6000 };
    const starting = cellsOf({ regime: "start" });
    const idle = cellsOf({ regime: "idle", settings: idleSettings });
    const off = cellsOf({ regime: "tight", settings: tight(effort) });
    return [
      starting("Runlight start", "runlight", "default"),
      starting("NodeSDK start", "sdk-node", "default"),
      idle("nothing at 56/s", "bare", "default"),
      idle("Runlight at 56/s", "runlight", "default"),
      idle("sdk-node at 56/s", "sdk-node", "default"),
      off("Runlight off", "runlight", "off"),
      off("Runlight, not sampled", "runlight", "unsampled"),
      off("sdk-node, not sampled", "sdk-node", "unsampled"),
      off("OpenTelemetry API without SDK", "api-noop", "span"),
    ];
  },
  concurrent: ["idle"],
  tables: [
    {
      title: "Start",
      cells: ["Runlight start", "NodeSDK start"],
      columns: [
        { figure: "startedMs", title: "until started, ms", digits: 0 },
        { figure: "mainMs", title: "main thread, ms", digits: 0 },
        { figure: "processMs", title: "process, ms", digits: 0 },
        { figure: "residentMegabytes", title: "resident memory, MB", digits: 1 },
        { figure: "heapMegabytes", title: "heap, MB", digits: 1 },
      ],
    },
    {
      title: "56 operations a second",
      cells: ["nothing at 56/s", "Runlight at 56/s", "sdk-node at 56/s"],
      columns: [
        { figure: "mainPercent", title: "main thread, % of a core" },
        { figure: "processPercent", title: "process, % of a core" },
        { figure: "residentMegabytes", title: "resident memory, MB", digits: 0 },
      ],
    },
    {
      title: "Not recorded",
      cells: ["Runlight off", "Runlight, not sampled", "sdk-node, not sampled", "OpenTelemetry API without SDK"],
      columns: [
        { figure: "hotNs", title: "in the call, ns", digits: 0 },
        { figure: "mainUs", title: "main thread, µs" },
      ],
    },
  ],
  ratios: {
    "j.cpu": (round) => percent(round.times("Runlight start", "NodeSDK start", "processMs")),
    "j.memory": (round) => percent(round.times("Runlight start", "NodeSDK start", "residentMegabytes")),
    "j.idle": (round) =>
      difference(round.get("Runlight at 56/s", "processPercent"), round.get("nothing at 56/s", "processPercent")),
    "j.idle.stock": (round) =>
      difference(round.get("sdk-node at 56/s", "processPercent"), round.get("nothing at 56/s", "processPercent")),
    "j.off": (round) => round.get("Runlight off", "mainUs"),
    "j.unsampled": (round) => round.get("Runlight, not sampled", "mainUs"),
  },
};
