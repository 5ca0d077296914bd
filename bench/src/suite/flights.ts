import { added } from "./arithmetic.ts";
import { cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** The example as a whole. */
export const flights: Suite = {
  name: "flights",
  title: "A program as a whole",
  prose: `The flights example, which processes three million flights of 2001 month by month, with telemetry sent to a receiver and with
\`RUNLIGHT_MODE=off\`: imports, start and shutdown included.`,
  plan({ isQuick }) {
    const settings = { months: isQuick ? 1 : 6 };
    const cell = cellsOf({ regime: "flights", settings });
    return [cell("with telemetry", "runlight", "spool"), cell("without", "runlight", "off")];
  },
  tables: [
    {
      title: "Flights",
      columns: [
        { figure: "mainMs", title: "main thread, ms", digits: 0 },
        { figure: "processMs", title: "process, ms", digits: 0 },
        { figure: "wallMs", title: "from start to end, ms", digits: 0 },
      ],
    },
  ],
  ratios: {
    "l.flights": (round) => added(round.times("with telemetry", "without", "processMs")),
    "l.flights.main": (round) => added(round.times("with telemetry", "without", "mainMs")),
    "l.flights.wall": (round) => added(round.times("with telemetry", "without", "wallMs")),
  },
};
