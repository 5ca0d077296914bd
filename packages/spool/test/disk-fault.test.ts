import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { SegmentDamage } from "../src/frame/frame.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import { startChild } from "./support/children.ts";
import { bodiesIn, logOf, openTestSpool, temporaryRoot } from "./support/spools.ts";
import { until } from "./support/until.ts";

const prompt = { urgency: "prompt", records: 1 } as const;
const batched = { urgency: "batched", records: 1 } as const;
const canMount = process.getuid?.() === 0 && tryMount();
const nobody = 65_534;

describe("openSpool() on a full disk", () => {
  beforeEach((context) => context.skip(!canMount, "this system refuses to mount a tmpfs"));

  test("keeps what it cannot write in memory and writes it, in order, once there is room", async () => {
    const root = mountSmallDisk(256);
    const spool = openTestSpool(root);
    const filler = fill(root);
    let number = 0;
    while (spool.statistics().failures === 0)
      spool.append("logs", logOf([number++, "x".repeat(500)]), number % 10 === 0 ? prompt : batched);
    expect(spool.statistics().lastError).toMatch(/^ENOSPC/);
    const wholeBefore = bodiesIn(spool.directory).length;
    expect(spool.statistics().written.logs).toBe(wholeBefore);
    for (let count = 0; count < 20; count += 1) spool.append("logs", logOf([number++, "x".repeat(500)]), batched);
    rmSync(filler);
    await until(() => spool.statistics().bufferedBytes === 0);
    expect(bodiesIn(spool.directory).map((body) => (body as unknown[])[0])).toEqual(
      Array.from({ length: number }, (_, index) => index),
    );
    expect(spool.statistics()).toMatchObject({ written: { logs: number }, dropped: { logs: {} } });
  });

  test("leaves no torn frame behind a write that was cut short", () => {
    const root = mountSmallDisk(256);
    const spool = openTestSpool(root);
    fill(root, 3);
    for (let count = 0; count < 300; count += 1) spool.append("logs", logOf("x".repeat(333)), batched);
    spool.flush();
    const damage: SegmentDamage[] = [];
    const frames = [...readFrames(spool.directory, { onDamage: (one) => damage.push(one) })];
    expect(damage).toEqual([]);
    expect(frames).toHaveLength(spool.statistics().written.logs);
    expect(spool.statistics().written.logs).toBeGreaterThan(0);
    expect(spool.statistics().failures).toBeGreaterThan(0);
  });

  test("drops the oldest batched records first when memory is full, and counts them", () => {
    const root = mountSmallDisk(128);
    const spool = openTestSpool(root, { maxBufferBytes: 16_384 });
    spool.append("logs", logOf("first"), prompt);
    fill(root);
    // What the first segment still has room for within its last page is used up first.
    while (spool.statistics().failures === 0) spool.append("logs", logOf("x".repeat(4000)), prompt);
    const size = logOf([0, "x".repeat(100)]).length;
    let dropped = 0;
    for (let number = 0; number < 400; number += 1) {
      spool.append("logs", logOf([number, "x".repeat(100)]), number % 2 === 0 ? batched : prompt);
      dropped = spool.statistics().dropped.logs.buffer_full ?? 0;
    }
    expect(dropped).toBeGreaterThan(0);
    expect(spool.statistics().bufferedBytes).toBeLessThanOrEqual(16_384);
    expect(spool.statistics().bufferedBytes).toBeGreaterThan(16_384 - size - 40);
    expect(spool.append("logs", logOf("x".repeat(1000)), batched)).toBe(false);
    spool.close("ended");
    const { written, dropped: reasons } = spool.statistics();
    expect(written.logs + (reasons.logs.buffer_full ?? 0) + (reasons.logs.closed ?? 0)).toBeGreaterThan(400);
    expect(reasons.logs.closed).toBeGreaterThan(0);
  });

  test("cannot be opened where there is no room at all, and says so", () => {
    const root = mountSmallDisk(64);
    fill(root);
    expect(() => openTestSpool(join(root, "spool"))).toThrow("the system answered ENOSPC");
  });
});

describe("openSpool() in a directory that may not be written", () => {
  beforeEach((context) => context.skip(process.getuid?.() !== 0, "only root can become nobody"));

  const program = `
    import { chmodSync } from "node:fs";
    import { openSpool, defaultBounds, describeProcess, readFrames } from "@runlight/spool";
    const [root, request, when] = process.argv.slice(1);
    const append = (spool) => spool.append("logs", Buffer.from(request, "base64"), { urgency: "prompt", records: 1 });
    try {
      const spool = openSpool({ root, bounds: { ...defaultBounds, maxSegmentBytes: 1 }, identity: describeProcess("child") });
      append(spool);
      chmodSync(spool.directory, 0o500);
      console.log(append(spool));
      spool.flush();
      console.log([...readFrames(spool.directory)].length, spool.statistics().failures > 0);
      chmodSync(spool.directory, 0o700);
      spool.flush();
      console.log([...readFrames(spool.directory)].length, spool.statistics().bufferedBytes);
    } catch (error) {
      console.log(error.name, error.code, error.cause.code);
    }
  `;

  test("is refused at the start", async () => {
    const root = temporaryRoot();
    chmodSync(root, 0o755);
    const child = startChild(program, [join(root, "spool"), Buffer.from(logOf(1)).toString("base64")], { uid: nobody });
    await child.ended;
    expect(child.lines).toEqual(["SpoolUnusableError EACCES EACCES"]);
  });

  test("keeps records in memory until it may be written again", async () => {
    const root = join(temporaryRoot(), "spool");
    mkdirSync(root);
    chmodSync(join(root, ".."), 0o755);
    chmodSync(root, 0o777);
    const child = startChild(program, [root, Buffer.from(logOf(1)).toString("base64")], { uid: nobody });
    const { stderr } = await child.ended;
    expect(stderr).toBe("");
    // The second record needs a second segment, which cannot be made; it waits for the directory.
    expect(child.lines).toEqual(["true", "1 true", "2 0"]);
  });
});

function tryMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), "runlight-mount-probe-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", probe]).status === 0;
  if (isMounted) spawnSync("umount", [probe]);
  rmSync(probe, { recursive: true, force: true });
  return isMounted;
}

/** A file system of a few KiB that is unmounted when the test ends. */
function mountSmallDisk(sizeKiB: number): string {
  const root = temporaryRoot();
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${sizeKiB}k`, "tmpfs", root], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
  onTestFinished(() => void spawnSync("umount", ["-l", root]));
  return root;
}

/** Fills a disk but for some pages; returns the file that does. */
function fill(root: string, freePages = 0): string {
  const path = join(root, "filler");
  const file = openSync(path, "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch {
    closeSync(file);
  }
  const size = statSync(path).size;
  if (freePages > 0) truncateSync(path, size - freePages * 4096);
  return path;
}
