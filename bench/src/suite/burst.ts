import type { CellPlan, Suite } from "./suite.ts";

/** Goal g. */
export const burst: Suite = {
  name: "burst",
  title: "100,000 operations in one burst",
  prose: `A span and a log record each, without one turn of the event loop in between, as a synchronous program emits them; then a
flush. The stock processors keep 2,048 items in their queues and a batch of 512, and drop the rest without a word.`,
  plan({ isQuick }) {
    const settings = { operations: isQuick ? 20_000 : 100_000 };
    const cell = (name: string, subject: string): CellPlan => ({
      name,
      regime: "burst",
      subject,
      workload: "span-and-log",
      settings,
      mayLose: true,
    });
    return [cell("Runlight", "runlight"), cell("sdk-node", "sdk-node")];
  },
  tables: [
    {
      title: "Loss and memory",
      cells: ["Runlight", "sdk-node"],
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

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : 100 * share;
}
