import { difference } from "./arithmetic.ts";
import { cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** Goal f. */
export const paced: Suite = {
  name: "paced",
  title: "10,000 operations a second",
  prose: `Ten operations each millisecond. Each call is timed: the worst ones hold what the tool does inside the user's call, such as
serializing a whole batch. The event-loop delay is what everything else in the process waits longer; *nothing* is the same
program without a tool.`,
  plan({ isQuick }) {
    const settings = isQuick
      ? { perSecond: 10_000, warmUpMs: 500, measureMs: 1500 }
      : { perSecond: 10_000, warmUpMs: 1000, measureMs: 2500 };
    const cell = cellsOf({ regime: "paced", settings });
    return [
      cell("nothing", "bare", "span"),
      cell("Runlight stage", "runlight", "all"),
      cell("Runlight kernel", "runlight", "kernel"),
      // On a busy machine its queues overflow at this rate; the table tells how much.
      { ...cell("sdk-node by hand, stage", "sdk-node", "all"), mayLose: true },
      { ...cell("sdk-node span", "sdk-node", "span"), mayLose: true },
    ];
  },
  tables: [
    {
      title: "The call and the event loop",
      columns: [
        { figure: "p50Us", title: "call p50, µs", digits: 1 },
        { figure: "p99Us", title: "p99, µs", digits: 1 },
        { figure: "p999Us", title: "p99.9, µs", digits: 0 },
        { figure: "delayP99Ms", title: "loop delay p99, ms" },
        { figure: "mainPercent", title: "main thread, % of a core", digits: 1 },
        { figure: "processPercent", title: "process, % of a core", digits: 1 },
        { figure: "lostPercent", title: "lost, %", digits: 1 },
      ],
    },
  ],
  ratios: {
    "f.p999": (round) => round.times("sdk-node by hand, stage", "Runlight stage", "p999Us"),
    "f.delay": (round) => difference(round.get("Runlight stage", "delayP99Ms"), round.get("nothing", "delayP99Ms")),
    "f.delay.stock": (round) =>
      difference(round.get("sdk-node by hand, stage", "delayP99Ms"), round.get("nothing", "delayP99Ms")),
    "f.main": (round) => difference(round.get("Runlight stage", "mainPercent"), round.get("nothing", "mainPercent")),
  },
};
