import { besides, cellsOf } from "./cells.ts";
import type { Suite } from "./suite.ts";

/** Why what is not reached is not. */
export const profile: Suite = {
  name: "profile",
  title: "Where the time goes",
  prose: `The same operations as at the beginning, with the profiler of V8 looking every 100 µs: the shares of the main thread's time that are spent in each
place's own functions. _Context_ is \`AsyncLocalStorage\`, which lets what is inside know what is around it; _clock_ are the two readings an operation
needs; _core_ finds out what an operation is and tells its beginning and end; _sdk_ makes spans, records and measurements and decides how each attribute
is written; _spool_ puts bytes behind bytes and makes frames of them; _file_ is handing them to the operating system, which is what outlives a kill; _stock_ are
OpenTelemetry's own packages, in ours the API. Looking costs something itself, so these are shares and no times.`,
  plan({ isQuick }) {
    const settings = isQuick
      ? { warmUpMs: 400, measureMs: 300, maxOperations: 60_000 }
      : { warmUpMs: 1200, measureMs: 1000, maxOperations: 240_000 };
    const cell = cellsOf({ regime: "profile", settings });
    return [
      cell("Runlight span", "runlight", "span"),
      cell("Runlight stage", "runlight", "all"),
      cell("Runlight kernel", "runlight", "kernel"),
      cell("Runlight emitEvent", "runlight", "log"),
      besides(cell("sdk-node by hand, stage", "sdk-node", "all")),
    ];
  },
  tables: [
    {
      title: "Share of the main thread, %",
      columns: [
        { figure: "context", title: "context", digits: 0 },
        { figure: "clock", title: "clock", digits: 0 },
        { figure: "core", title: "core", digits: 0 },
        { figure: "sdk", title: "sdk", digits: 0 },
        { figure: "spool", title: "spool", digits: 0 },
        { figure: "file", title: "file", digits: 0 },
        { figure: "stock", title: "stock", digits: 0 },
        { figure: "node", title: "Node.js else", digits: 0 },
        { figure: "garbage", title: "garbage", digits: 0 },
      ],
    },
  ],
  ratios: {},
};
