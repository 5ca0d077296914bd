import type { SpoolListing } from "../directory/listing.ts";
import type { Frame, SegmentDamage } from "../frame/frame.ts";
import type { Signal } from "../settings.ts";

/** What to read and whom to tell of damage. */
export interface ReadFramesOptions {
  /** Default: all three. */
  readonly signals?: readonly Signal[];
  readonly onDamage?: (damage: SegmentDamage) => void;
}

/** The frames of one spool in the order they were appended. Never throws: what cannot be read is told to `onDamage` and passed over. */
export function readFrames(spool: SpoolListing | string, options: ReadFramesOptions = {}): Iterable<Frame> {
  void spool;
  void options;
  throw new Error("not built yet");
}
