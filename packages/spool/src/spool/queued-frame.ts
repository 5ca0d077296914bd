import { headerBytes } from "../frame/codec.ts";
import type { RawFrame } from "../frame/codec.ts";
import type { Signal } from "../settings.ts";

/** A frame that waits to be written. */
export interface QueuedFrame extends RawFrame {
  readonly kind: Signal;
  readonly urgency: "batched" | "prompt";
}

/** Bytes a frame takes in the file. */
export function fileBytes(frame: RawFrame): number {
  return headerBytes + frame.payload.length;
}
