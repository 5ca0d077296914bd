import type { Suite } from "./suite.ts";

/** Goal k. */
export const spool: Suite = {
  name: "spool",
  title: "The spool",
  prose: `What one stage gives (a span and two records) is appended again and again through the batches that operations write into, writing to
disk included: of each item what its operation writes anew, ids, times and what stands near them, encoded before. Putting those bytes into memory alone
is taken off, so that what is left is the cost beyond encoding. *The system's write* is what \`write(2)\` alone takes for as many bytes as are
kept, in writes of the same size: the rest is ours.
Then the spool of a process that was killed within a run is recovered; the run is found lost in each round. What is recovered is counted as telemetry
reads, in bytes of its requests: the file holds of most items only what is other.`,
  plan({ isQuick }) {
    return [
      { name: "append", regime: "append", subject: "runlight", settings: { operations: isQuick ? 8000 : 40_000 } },
      {
        name: "recovery",
        regime: "recovery",
        subject: "runlight",
        workload: "all",
        settings: { operations: isQuick ? 20_000 : 60_000 },
      },
    ];
  },
  tables: [
    {
      title: "Append",
      cells: ["append"],
      columns: [
        { figure: "appendNs", title: "beyond encoding, ns", digits: 0 },
        { figure: "writeNs", title: "the system's write, ns", digits: 0 },
        { figure: "ownNs", title: "the rest, ns", digits: 0 },
        { figure: "operationBytes", title: "given, B", digits: 0 },
        { figure: "keptBytes", title: "kept, B", digits: 0 },
      ],
    },
    {
      title: "Recovery",
      cells: ["recovery"],
      columns: [
        { figure: "megabytes", title: "spool, MB", digits: 1 },
        { figure: "telemetryMegabytes", title: "telemetry, MB", digits: 1 },
        { figure: "recoveredMs", title: "recovered in, ms", digits: 0 },
        { figure: "megabytesPerSecond", title: "MB/s", digits: 0 },
      ],
    },
  ],
  ratios: {
    "k.append": (round) => round.get("append", "appendNs"),
    "k.append.own": (round) => round.get("append", "ownNs"),
    "k.recovery": (round) => round.get("recovery", "megabytesPerSecond"),
  },
};
