import { besides, cellsOf } from "./cells.ts";
import { costs } from "./columns.ts";
import type { CellPlan, Effort, Suite } from "./suite.ts";

/** Windows of the tight regime. */
export function tight({ isQuick }: Effort): CellPlan["settings"] & object {
  return isQuick
    ? { warmUpMs: 400, measureMs: 250, maxOperations: 400_000 }
    : { warmUpMs: 900, measureMs: 400, maxOperations: 800_000 };
}

/** Goals a and b. */
export const operation: Suite = {
  name: "operation",
  title: "One operation after the other",
  prose: `Operations around nothing, in synchronous chunks of 400 with a turn of the event loop between them, so that the queues
of the stock processors lose nothing. Everything is warm; what is measured includes sending all of it. The first table is
a span with four attributes given by the user; ours carries three more of its own. The second is everything that \`stage()\`
emits (a span, an active count, a duration, a record at the start and one at the end), on the stock SDK written by hand with
as many attributes, but without reading memory; and what \`kernel()\` emits (a span and a duration). The last is what operations of a library take in a program that switches no
telemetry on.`,
  plan(effort) {
    const cell = cellsOf({ regime: "tight", settings: tight(effort) });
    return [
      cell("bare call", "bare", "span"),
      cell("OpenTelemetry API without SDK", "api-noop", "span"),
      cell("Runlight span", "runlight", "span"),
      besides(cell("Runlight span, stock SDK", "runlight-stock", "span")),
      cell("sdk-node span", "sdk-node", "span"),
      cell("dd-trace", "dd-trace", "span"),
      besides(cell("Logfire", "logfire", "span")),
      besides(cell("Traceloop", "traceloop", "span")),
      cell("Runlight stage", "runlight", "all"),
      besides(cell("Runlight stage, stock SDK", "runlight-stock", "all")),
      cell("sdk-node by hand, stage", "sdk-node", "all"),
      cell("Runlight kernel", "runlight", "kernel"),
      cell("sdk-node by hand, kernel", "sdk-node", "kernel"),
      cell("Runlight kernel, no SDK", "runlight-alone", "kernel"),
      cell("Runlight stage, no SDK", "runlight-alone", "all"),
    ];
  },
  tables: [
    {
      title: "A span",
      cells: [
        "bare call",
        "OpenTelemetry API without SDK",
        "Runlight span",
        "Runlight span, stock SDK",
        "sdk-node span",
        "dd-trace",
        "Logfire",
        "Traceloop",
      ],
      columns: costs,
    },
    {
      title: "All signals",
      cells: [
        "Runlight stage",
        "Runlight stage, stock SDK",
        "sdk-node by hand, stage",
        "Runlight kernel",
        "sdk-node by hand, kernel",
      ],
      columns: costs,
    },
    {
      title: "Without telemetry",
      cells: ["Runlight kernel, no SDK", "Runlight stage, no SDK", "OpenTelemetry API without SDK"],
      columns: costs,
    },
  ],
  ratios: {
    "nosdk.kernel": (round) => round.get("Runlight kernel, no SDK", "mainUs"),
    "nosdk.stage": (round) => round.get("Runlight stage, no SDK", "mainUs"),
    "nosdk.kernel.api": (round) => round.times("OpenTelemetry API without SDK", "Runlight kernel, no SDK", "mainUs"),
    "a.main": (round) => round.times("sdk-node span", "Runlight span", "mainUs"),
    "a.process": (round) => round.times("sdk-node span", "Runlight span", "processUs"),
    "a.ddtrace": (round) => round.times("dd-trace", "Runlight span", "mainUs"),
    "a.ddtrace.process": (round) => round.times("dd-trace", "Runlight span", "processUs"),
    "b.main": (round) => round.times("sdk-node by hand, stage", "Runlight stage", "mainUs"),
    "b.process": (round) => round.times("sdk-node by hand, stage", "Runlight stage", "processUs"),
    "b.kernel": (round) => round.times("sdk-node by hand, kernel", "Runlight kernel", "mainUs"),
    "b.kernel.process": (round) => round.times("sdk-node by hand, kernel", "Runlight kernel", "processUs"),
  },
};
