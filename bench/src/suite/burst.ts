import { percent } from "./arithmetic.ts";
import { cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** Goal g. */
export const burst: Suite = {
  name: "burst",
  title: "100,000 operations in one burst",
  prose: `A span and a log record each, without one turn of the event loop in between, as a synchronous program emits them; then a
flush. The stock processors keep 2,048 items in their queues and a batch of 512, and drop the rest without a word.`,
  plan({ isQuick }) {
    const settings = { operations: isQuick ? 20_000 : 100_000 };
    const cell = cellsOf({ regime: "burst", settings, mayLose: true });
    return [cell("Runlight", "runlight", "span-and-log"), cell("sdk-node", "sdk-node", "span-and-log")];
  },
  tables: [
    {
      title: "Loss and memory",
      columns: [
        { figure: "lostPercent", title: "lost, %", digits: 1 },
        { figure: "burstMs", title: "burst, ms", digits: 0 },
        { figure: "bufferedMegabytes", title: "waiting in memory, MB" },
        { figure: "grownMegabytes", title: "resident memory grew, MB", digits: 0 },
      ],
    },
  ],
  ratios: {
    "g.lost": (round) => round.get("Runlight", "lostPercent"),
    "g.lost.stock": (round) => round.get("sdk-node", "lostPercent"),
    "g.memory": (round) => percent(round.get("Runlight", "bufferedShare")),
  },
};
