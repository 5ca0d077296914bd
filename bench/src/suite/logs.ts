import { besides, cellsOf } from "./cells.ts";
import { costs } from "./columns.ts";
import { tight } from "./operation.ts";
import type { Suite } from "./suite.ts";

/** Goal i. */
export const logs: Suite = {
  name: "logs",
  title: "Log records",
  prose: `One record with five fields after the other. To OTLP: ours with \`emitEvent()\` and through a winston logger of
\`createLogger()\`; the stock SDK's logger; winston with OpenTelemetry's transport, which delivers nothing to this SDK unless a bridge
between the two log APIs is put in by hand, as it is here. To a file of JSON lines: winston and pino.`,
  plan(effort) {
    const settings = tight(effort);
    const cell = cellsOf({ regime: "tight", settings });
    const winstonFile = cell("winston, file", "winston", "file");
    return [
      cell("Runlight emitEvent", "runlight", "log"),
      cell("Runlight createLogger", "runlight", "logger"),
      cell("sdk-node logger", "sdk-node", "log"),
      besides(cell("winston, OTLP", "winston", "otlp")),
      // Its file is written out when it ends, and it ends once.
      besides({ ...winstonFile, settings: { ...settings, flushOnce: 1 } }),
      besides(cell("pino, file", "pino", "file")),
    ];
  },
  tables: [
    {
      title: "One record",
      columns: costs,
    },
  ],
  ratios: {
    "i.main": (round) => round.times("sdk-node logger", "Runlight emitEvent", "mainUs"),
    "i.process": (round) => round.times("sdk-node logger", "Runlight emitEvent", "processUs"),
    "i.winston": (round) => round.times("winston, OTLP", "Runlight createLogger", "mainUs"),
  },
};
