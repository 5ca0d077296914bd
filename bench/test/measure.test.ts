import { expect, test } from "vitest";
import { runCell } from "../src/measure/cell.ts";
import { runSuite } from "../src/measure/run-suite.ts";
import { startSink } from "../src/sink/sink.ts";
import { subjects } from "../src/subjects.ts";
import { besides, cellsOf } from "../src/suite/cells.ts";
import type { Suite } from "../src/suite/suite.ts";

const settings = { warmUpMs: 50, measureMs: 100, maxOperations: 2000 };

test("runCell() measures Runlight's stages in a process of its own and finds each of them at the receiver", async () => {
  const sink = startSink();
  try {
    const subject = subjects["runlight"]?.module ?? "";
    const { figures, sent, received } = await runCell({ regime: "tight", subject, workload: "all", settings }, sink);
    expect(Object.keys(figures)).toEqual(["hotNs", "mainUs", "processUs", "lostPercent"]);
    expect(received.spans).toBe(sent.spans);
    expect(received.logRecords).toBe(sent.logRecords);
  } finally {
    sink.stop();
  }
});

test("runCell() tells what the child said when it fails", async () => {
  const sink = startSink();
  try {
    const subject = subjects["runlight"]?.module ?? "";
    const measured = runCell({ regime: "tight", subject, workload: "unheard", settings }, sink);
    await expect(measured).rejects.toThrow(/workload must be one it knows, current value is unheard/);
  } finally {
    sink.stop();
  }
});

test("runSuite() measures every cell in every round, and one that stands beside the others in three", async () => {
  const cell = cellsOf({ regime: "tight", settings: { warmUpMs: 1, measureMs: 1, maxOperations: 400 } });
  const measured: (readonly boolean[])[] = [];
  const suite: Suite = {
    name: "trial",
    title: "Trial",
    prose: "",
    plan: () => [cell("one", "bare", "span"), besides(cell("other", "bare", "span"))],
    tables: [],
    ratios: {
      seen: (round) => {
        measured.push(["one", "other"].map((name) => round.get(name, "hotNs") !== undefined));
        return undefined;
      },
    },
  };
  const sink = startSink();
  try {
    const { faults, leftOut, delivered } = await runSuite(suite, { rounds: 4, isQuick: true, stepsPerUs: 1 }, sink);
    expect({ faults, leftOut, delivered }).toEqual({ faults: [], leftOut: [], delivered: { one: 1, other: 1 } });
    expect(measured).toEqual([...Array.from({ length: 3 }, () => [true, true]), [true, false]]);
  } finally {
    sink.stop();
  }
});
