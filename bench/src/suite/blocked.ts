import { cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** Goal h. */
export const blocked: Suite = {
  name: "blocked",
  title: "A main thread that computes",
  prose: `One synchronous loop of 4 s with an operation around each half millisecond of work. What the receiver has before the loop
yields is what a watcher sees of a program that computes.`,
  plan({ isQuick, stepsPerUs }) {
    const settings = { blockedMs: isQuick ? 1500 : 4000, stepsPerUs };
    const cell = cellsOf({ regime: "blocked", settings, mayLose: true });
    return [cell("Runlight stage", "runlight", "all"), cell("sdk-node by hand, stage", "sdk-node", "all")];
  },
  tables: [
    {
      title: "Spans at the receiver",
      columns: [
        { figure: "ended", title: "spans ended", digits: 0 },
        { figure: "earlyPercent", title: "there before the loop yields, %", digits: 1 },
        { figure: "lostPercent", title: "lost in the end, %", digits: 1 },
      ],
    },
  ],
  ratios: {
    "h.early": (round) => round.get("Runlight stage", "earlyPercent"),
    "h.early.stock": (round) => round.get("sdk-node by hand, stage", "earlyPercent"),
  },
};
