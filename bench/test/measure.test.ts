import { expect, test } from "vitest";
import { runCell } from "../src/measure/cell.ts";
import { startSink } from "../src/sink/sink.ts";
import { subjects } from "../src/subjects.ts";

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
