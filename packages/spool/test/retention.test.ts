import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { listSpools } from "../src/directory/listing.ts";
import { describeProcess } from "../src/process/identity.ts";
import { ownerToken } from "../src/process/owner-token.ts";
import { startPositions, writeCursor } from "../src/ship/cursor.ts";
import { goneProcess, writeSpool } from "./support/fixtures.ts";
import type { SpoolFixture } from "./support/fixtures.ts";
import { bodiesIn, logOf, openTestSpool, temporaryRoot } from "./support/spools.ts";

const dayMs = 24 * 60 * 60 * 1000;
const none = { traces: {}, metrics: {}, logs: {} };

describe("openSpool()", () => {
  test("deletes finished spools that are older than the bound, and no other", () => {
    const root = temporaryRoot();
    const old = finished(root, 14 * dayMs + 60_000);
    const lost = finished(root, 15 * dayMs, { life: "lost" });
    const young = finished(root, 14 * dayMs - 60_000);
    const running = writeSpool(root, { identity: describeProcess("other"), requests });
    age(running, 20 * dayMs);
    const silent = writeSpool(root, { identity: goneProcess({ hostName: "elsewhere" }), requests });
    age(silent, 2 * dayMs);
    const spool = openTestSpool(root);
    expect([old, lost, young, running, silent].map((directory) => existsSync(directory))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([]);
    expect(spool.statistics().dropped.logs).toEqual({ retention: 2 });
  });

  test("deletes the oldest finished spools until all fit", () => {
    const root = temporaryRoot();
    const directories = [5, 4, 3, 2].map((days) =>
      finished(root, days * dayMs, { requests: [["logs", logOf("x".repeat(10_000))]] }),
    );
    const size = statSync(join(directories[0] ?? "", "000001.otlp")).size;
    openTestSpool(root, { maxSizeBytes: 2 * size });
    expect(directories.map((directory) => existsSync(directory))).toEqual([false, false, true, true]);
  });

  test("leaves spools that just fit", () => {
    const root = temporaryRoot();
    const directories = [5, 4].map((days) => finished(root, days * dayMs));
    const size = directories.reduce((sum, directory) => sum + statSync(join(directory, "000001.otlp")).size, 0);
    openTestSpool(root, { maxSizeBytes: size });
    expect(directories.map((directory) => existsSync(directory))).toEqual([true, true]);
    openTestSpool(root, { maxSizeBytes: size - 1 });
    expect(directories.map((directory) => existsSync(directory))).toEqual([false, true]);
  });

  test("counts what it deletes unshipped, for the signals that are shipped", () => {
    const root = temporaryRoot();
    const half = finished(root, 15 * dayMs, {
      requests: [
        ["logs", logOf(1)],
        ["logs", logOf(2)],
        ["traces", logOf(3)],
      ],
    });
    const owner = readdirSync(half).find((name) => name.startsWith("cursor."));
    const { size } = statSync(join(half, "000001.otlp"));
    // Everything of the logs is shipped, nothing of the traces.
    writeCursor(half, (owner ?? "").slice("cursor.".length), { ...startPositions, logs: { segment: 1, offset: size } });
    age(half, 15 * dayMs);
    expect(openTestSpool(root).statistics().dropped).toEqual({ ...none, traces: { retention: 1 } });
  });

  test("counts nothing where nothing is shipped", async () => {
    const root = temporaryRoot();
    finished(root, 15 * dayMs);
    const { openSpool } = await import("../src/spool/open-spool.ts");
    const { defaultBounds } = await import("../src/spool/default-bounds.ts");
    const spool = openSpool({ root, bounds: defaultBounds, identity: describeProcess("test"), shippedSignals: [] });
    expect(spool.statistics().dropped).toEqual(none);
    spool.close("ended");
  });

  test("removes what earlier deletions and openings could not finish", () => {
    const root = temporaryRoot();
    mkdirSync(join(root, ".removed-20230101_000000-1-abcdef"));
    mkdirSync(join(root, ".20230101_000000-1-abcdef"));
    mkdirSync(join(root, ".20230101_000000-2-abcdef"));
    age(join(root, ".20230101_000000-1-abcdef"), dayMs);
    openTestSpool(root);
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([".20230101_000000-2-abcdef"]);
  });
});

describe("append()", () => {
  test("deletes other spools first and the own oldest segments last when a segment begins", () => {
    const root = temporaryRoot();
    const other = finished(root, dayMs, { requests: [["logs", logOf("x".repeat(5000))]] });
    const spool = openTestSpool(root, { maxSizeBytes: 20_000, maxSegmentBytes: 4000 });
    expect(existsSync(other)).toBe(true);
    for (let number = 0; number < 100; number += 1) {
      spool.append("logs", logOf([number, "x".repeat(1000)]), { urgency: "batched", records: 1 });
      spool.flush();
      const total = listSpools(root).reduce((sum, listing) => sum + listing.sizeBytes, 0);
      // The segment that is written to stands beside what fits.
      expect(total).toBeLessThanOrEqual(20_000 + 4000);
    }
    expect(existsSync(other)).toBe(false);
    const kept = bodiesIn(spool.directory).map((body) => (body as unknown[])[0] as number);
    expect(kept.at(-1)).toBe(99);
    expect(kept.length).toBeGreaterThan(10);
    expect(spool.statistics().dropped.logs.retention).toBe(100 - kept.length + 1);
    expect(spool.statistics().sizeBytes).toBe(listSpools(root)[0]?.sizeBytes);
    expect(basename(spool.directory)).toBe(readdirSync(root)[0]);
  });
});

const requests = [["logs", logOf("x")]] as const;

function finished(root: string, ageMs: number, more: Partial<SpoolFixture> = {}): string {
  const directory = writeSpool(root, { identity: goneProcess(), requests, life: "closed", ...more });
  age(directory, ageMs);
  expect(readdirSync(directory)).toContain(`cursor.${ownerToken(goneProcess())}`);
  return directory;
}

function age(directory: string, ageMs: number): void {
  const then = new Date(Date.now() - ageMs);
  for (const name of readdirSync(directory)) utimesSync(join(directory, name), then, then);
  utimesSync(directory, then, then);
}
