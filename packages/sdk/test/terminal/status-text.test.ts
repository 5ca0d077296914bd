import { describe, expect, it } from "vitest";
import { printable, unitAfter } from "../../src/terminal/printable.ts";
import { maxLines, statusText } from "../../src/terminal/status-text.ts";
import type { WatchedOperation } from "../../src/terminal/watched-operation.ts";

const look = { live: true, colour: false, unicode: true, width: 120 };

function operation(
  over: Partial<WatchedOperation> & { progress?: { done: number; total?: number; unit?: string } },
): WatchedOperation {
  const { progress, ...rest } = over;
  const run = { id: "20261122_142501-7f3a9c1e", workflowName: "monthly", progress } as unknown as NonNullable<
    WatchedOperation["run"]
  >;
  return {
    kind: "stage",
    name: "load",
    depth: 1,
    durationSeconds: 2,
    innerAttributes: {},
    items: { processed: 0, unit: "item" },
    outcome: undefined,
    run,
    ...rest,
  };
}

describe("statusText()", () => {
  it("shows share, amount, rate, elapsed time and time left of a run", () => {
    const root = operation({
      kind: "workflow",
      name: "monthly",
      progress: { done: 1_000_000, total: 4_000_000, unit: "row" },
    });
    expect(statusText([{ root, open: new Set(), progressSeconds: 2 }], look).split("\n")).toEqual([
      "monthly  █████░░░░░░░░░░░░░░░  25%  2.0 s, about 6.0 s left",
      "  1,000,000 of 4,000,000 rows, 500,000/s",
    ]);
    expect(statusText([{ root, open: new Set(), progressSeconds: 2 }], { ...look, unicode: false })).toContain(
      "#####---------------  25%",
    );
  });

  it("judges speed and time left by the last progress, and says nothing of them too early", () => {
    const root = operation({
      kind: "workflow",
      name: "monthly",
      durationSeconds: 5,
      progress: { done: 10, total: 20 },
    });
    const early = operation({ kind: "workflow", name: "monthly", progress: { done: 1, total: 21 } });
    expect(statusText([{ root, open: new Set(), progressSeconds: 4 }], look)).toBe(
      "monthly  ██████████░░░░░░░░░░  50%  5.0 s, about 3.0 s left\n  10 of 20, 2.5/s",
    );
    expect(statusText([{ root: early, open: new Set(), progressSeconds: 2 }], look)).not.toContain("left");
  });

  it("shows open stages with their progress, or what they counted", () => {
    const root = operation({ kind: "workflow", name: "monthly" });
    const fit = operation({ name: "fit", lastProgress: { done: 4, unit: "iteration" } });
    const load = operation({ name: "load", items: { processed: 1, unit: "row" } });
    expect(statusText([{ root, open: new Set([load, fit]), progressSeconds: 0 }], look).split("\n")).toEqual([
      "monthly  2.0 s",
      "  fit  2.0 s  4 iterations",
      "  load  2.0 s  1 row",
    ]);
  });

  it("bounds runs and stages, and counts the others", () => {
    const stages = (count: number) => new Set(Array.from({ length: count }, () => operation({})));
    const root = operation({ kind: "workflow", name: "monthly" });
    expect(statusText([{ root, open: stages(maxLines), progressSeconds: 0 }], look).split("\n")).toHaveLength(
      1 + maxLines,
    );
    expect(
      statusText([{ root, open: stages(maxLines + 2), progressSeconds: 0 }], look)
        .split("\n")
        .at(-1),
    ).toBe("  and 2 more stages");
    const runs = Array.from({ length: maxLines + 1 }, () => ({
      root,
      open: new Set<WatchedOperation>(),
      progressSeconds: 0,
    }));
    expect(statusText(runs, look).split("\n")).toEqual([
      ...Array.from({ length: maxLines }, () => "monthly  2.0 s"),
      "and 1 more run",
    ]);
  });

  it("keeps each line within the width", () => {
    const root = operation({ kind: "workflow", name: "m".repeat(300) });
    expect(statusText([{ root, open: new Set(), progressSeconds: 2 }], { ...look, width: 40 })).toBe(
      `${"m".repeat(38)}…`,
    );
  });
});

describe("printable()", () => {
  it("takes out what moves the cursor, changes colours or breaks lines", () => {
    expect(printable("a\u001B[31mb\u001B[2Jc\nd\te\u0007f")).toBe("abc d e f");
  });
});

describe("unitAfter()", () => {
  it("makes plurals of words only", () => {
    expect([
      unitAfter(1, "row"),
      unitAfter(2, "row"),
      unitAfter(0, "row"),
      unitAfter(2, "bytes"),
      unitAfter(2, "%"),
      unitAfter(2, ""),
    ]).toEqual(["row", "rows", "rows", "bytes", "%", ""]);
  });
});
