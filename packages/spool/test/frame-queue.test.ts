import { describe, expect, test } from "vitest";
import { headerBytes } from "../src/frame/codec.ts";
import { FrameQueue } from "../src/spool/frame-queue.ts";
import type { QueuedFrame } from "../src/spool/queued-frame.ts";

describe("FrameQueue.push()", () => {
  test("takes frames up to its bound and one byte more only by dropping", () => {
    const queue = new FrameQueue(300);
    const [one, two] = [frame("batched", 100), frame("batched", 200)];
    expect(queue.push(one)).toEqual([]);
    expect(queue.push(two)).toEqual([]);
    expect(queue.sizeBytes).toBe(300);
    const three = frame("prompt", headerBytes + 1);
    expect(queue.push(three)).toEqual([one]);
    expect(queue.frames).toEqual([two, three]);
    expect(queue.sizeBytes).toBe(200 + headerBytes + 1);
  });

  test("drops the oldest batched frames, as few as make room, and never a prompt one", () => {
    const queue = new FrameQueue(400);
    const frames = [frame("prompt", 100), frame("batched", 100), frame("batched", 100), frame("batched", 100)];
    for (const one of frames) queue.push(one);
    expect(queue.push(frame("batched", 150))).toEqual([frames[1], frames[2]]);
    expect(queue.frames[0]).toBe(frames[0]);
    expect(queue.sizeBytes).toBe(350);
  });

  test("refuses the new frame when only prompt ones are left", () => {
    const queue = new FrameQueue(200);
    queue.push(frame("prompt", 150));
    const late = frame("prompt", 51);
    expect(queue.push(late)).toEqual([late]);
    expect(queue.frames).toHaveLength(1);
    expect(queue.push(frame("prompt", 50))).toEqual([]);
  });
});

describe("FrameQueue.shift()", () => {
  test("takes the first frames and forgets their size", () => {
    const queue = new FrameQueue(1000);
    const [one, two] = [frame("prompt", 100), frame("batched", 50)];
    queue.push(one);
    queue.push(two);
    expect(queue.hasPrompt).toBe(true);
    expect(queue.shift(1)).toEqual([one]);
    expect(queue).toMatchObject({ sizeBytes: 50, hasPrompt: false, frames: [two] });
  });
});

function frame(urgency: "batched" | "prompt", sizeBytes: number): QueuedFrame {
  return {
    kind: "logs",
    whole: false,
    resource: 0,
    records: 1,
    payload: new Uint8Array(sizeBytes - headerBytes),
    urgency,
  };
}
