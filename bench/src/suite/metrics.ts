import { besides, cellsOf } from "./cells.ts";
import { tight } from "./operation.ts";
import type { Suite } from "./suite.ts";

/** Goal e. */
export const metrics: Suite = {
  name: "metrics",
  title: "Metrics",
  prose: `One record after the other, with three attributes. *Fresh* attributes are an object made at each call; a *bound* record goes into a
series that was looked up once. Ours are the durations of operations, by themselves, bound as operations bind them and with an exemplar;
\`countMetric()\` is the user's way to a counter. Then the longest time the event loop stands still while 10,000 series of a
user's own histograms are collected and handed over.`,
  plan(effort) {
    const settings = { ...tight(effort), maxOperations: 2_000_000 };
    const cell = cellsOf({ regime: "tight", settings });
    const collection = cellsOf({ regime: "collection", settings: { series: 10_000 } });
    return [
      cell("Runlight duration, fresh", "runlight-metrics", "fresh"),
      cell("Runlight countMetric", "runlight-metrics", "counter"),
      cell("Runlight duration, bound", "runlight-metrics", "bound"),
      cell("sdk-node histogram, fresh", "sdk-node-metrics", "histogram"),
      besides(cell("sdk-node counter, fresh", "sdk-node-metrics", "counter")),
      besides(cell("prom-client histogram, fresh", "prom-client", "histogram")),
      besides(cell("prom-client histogram, bound", "prom-client", "bound")),
      collection("Runlight collection", "runlight", "default"),
      collection("sdk-node collection", "sdk-node", "default"),
    ];
  },
  tables: [
    {
      title: "One record",
      cells: [
        "Runlight duration, bound",
        "Runlight duration, fresh",
        "Runlight countMetric",
        "sdk-node histogram, fresh",
        "sdk-node counter, fresh",
        "prom-client histogram, fresh",
        "prom-client histogram, bound",
      ],
      columns: [{ figure: "hotNs", title: "ns", digits: 1 }],
    },
    {
      title: "Collecting 10,000 series",
      cells: ["Runlight collection", "sdk-node collection"],
      columns: [{ figure: "blockMs", title: "longest standstill, ms", digits: 1 }],
    },
  ],
  ratios: {
    "e.bound": (round) => round.times("sdk-node histogram, fresh", "Runlight duration, bound", "hotNs"),
    "e.fresh": (round) => round.times("sdk-node histogram, fresh", "Runlight duration, fresh", "hotNs"),
    "e.collection": (round) => round.get("Runlight collection", "blockMs"),
    "e.collection.stock": (round) => round.get("sdk-node collection", "blockMs"),
  },
};
