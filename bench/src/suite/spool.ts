import type { Suite } from "./suite.ts";

/** Goal k. */
export const spool: Suite = {
  name: "spool",
  title: "The spool",
  prose: `What one stage gives (a span and two records, encoded before) is appended again and again, writing to disk included. Then the spool of a
process that was killed within a run is recovered; the run is found lost in each round.`,
  plan({ isQuick }) {
    return [
      { name: "append", regime: "append", subject: "runlight", settings: { operations: isQuick ? 8000 : 40_000 } },
      {
        name: "recovery",
        regime: "recovery",
        subject: "runlight",
        workload: "all",
        settings: { operations: isQuick ? 4000 : 20_000 },
      },
    ];
  },
  tables: [
    {
      title: "Append",
      cells: ["append"],
      columns: [
        { figure: "hotNs", title: "in the call, ns", digits: 0 },
        { figure: "mainNs", title: "main thread, ns", digits: 0 },
        { figure: "operationBytes", title: "given, B", digits: 0 },
      ],
    },
    {
      title: "Recovery",
      cells: ["recovery"],
      columns: [
        { figure: "megabytes", title: "spool, MB", digits: 1 },
        { figure: "recoveredMs", title: "recovered in, ms", digits: 0 },
        { figure: "megabytesPerSecond", title: "MB/s", digits: 0 },
      ],
    },
  ],
  ratios: {
    "k.append": (round) => round.get("append", "mainNs"),
    "k.recovery": (round) => round.get("recovery", "megabytesPerSecond"),
  },
};
