import { besides, cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** Goal c. */
export const work: Suite = {
  name: "work",
  title: "Around 50 µs of work",
  prose: `Each operation runs a WebAssembly kernel for about 50 µs, which cools the caches as real work does. In one process windows with
telemetry and windows without it follow each other in pairs; what the windows with it take more is the overhead.`,
  plan({ isQuick, stepsPerUs }) {
    const settings = { stepsPerUs, windowMs: 100, pairs: isQuick ? 5 : 10 };
    const cell = cellsOf({ regime: "pairs", settings });
    return [
      cell("Runlight stage", "runlight", "all"),
      cell("Runlight kernel", "runlight", "kernel"),
      cell("sdk-node by hand, stage", "sdk-node", "all"),
      besides(cell("sdk-node span", "sdk-node", "span")),
      besides(cell("dd-trace", "dd-trace", "span")),
    ];
  },
  tables: [
    {
      title: "Overhead",
      columns: [
        { figure: "workUs", title: "the work alone, µs", digits: 1 },
        { figure: "mainUs", title: "added, main thread, µs" },
        { figure: "mainPercent", title: "added, main thread, %", digits: 1 },
        { figure: "processPercent", title: "added, process, %", digits: 1 },
      ],
    },
  ],
  ratios: {
    "c.overhead": (round) => round.get("Runlight stage", "mainPercent"),
    "c.kernel": (round) => round.get("Runlight kernel", "mainPercent"),
    "c.stock": (round) => round.get("sdk-node by hand, stage", "mainPercent"),
  },
};
