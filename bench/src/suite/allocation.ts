import type { Round } from "../measure/round.ts";
import { difference } from "./arithmetic.ts";
import { cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** A young generation that holds all of a measurement, so that nothing is collected in it. */
const flags = ["--min-semi-space-size=1024", "--max-semi-space-size=1024"];

/** Goal d. */
export const allocation: Suite = {
  name: "allocation",
  title: "Allocation",
  prose: `Bytes that an operation allocates on the main thread's heap and in buffers beside it, sending included, in a process whose young
generation is so large that nothing is collected meanwhile.`,
  plan({ isQuick }) {
    const settings = { operations: isQuick ? 2000 : 8000 };
    const cell = cellsOf({ regime: "allocation", settings, flags });
    return [
      cell("bare call", "bare", "span"),
      cell("Runlight stage", "runlight", "all"),
      cell("Runlight kernel", "runlight", "kernel"),
      cell("Runlight span", "runlight", "span"),
      cell("sdk-node by hand, stage", "sdk-node", "all"),
      cell("sdk-node by hand, kernel", "sdk-node", "kernel"),
      cell("sdk-node span", "sdk-node", "span"),
      cell("dd-trace", "dd-trace", "span"),
      cell("Runlight bound record", "runlight-metrics", "bound"),
      cell("sdk-node histogram", "sdk-node-metrics", "histogram"),
    ];
  },
  tables: [
    {
      title: "Bytes an operation",
      columns: [{ figure: "bytes", title: "B", digits: 0 }],
    },
  ],
  ratios: {
    "d.operation": (round) => round.get("Runlight stage", "bytes"),
    "d.kernel": (round) => round.get("Runlight kernel", "bytes"),
    "d.metric": (round) => beyondBare(round, "Runlight bound record"),
    "d.stock": (round) => round.get("sdk-node by hand, stage", "bytes"),
  },
};

/** What the harness itself allocates is no cost of a record; the difference is rounded, as fractions of a byte are its noise. */
function beyondBare(round: Round, cell: string): number | undefined {
  const more = difference(round.get(cell, "bytes"), round.get("bare call", "bytes"));
  return more === undefined ? undefined : Math.max(0, Math.round(more));
}
