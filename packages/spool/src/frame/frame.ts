import type { Attributes } from "../otlp/decoded.ts";
import type { Signal } from "../settings.ts";

/** One export request as it was appended. */
export interface Frame {
  readonly signal: Signal;
  /** Attributes of the resource it belongs to; one object for all frames of one resource. */
  readonly resource: Attributes;
  /** The whole OTLP export request, as `decodeTraces()`, `decodeMetrics()` and `decodeLogs()` take it. */
  readonly bytes: Uint8Array;
  /** Records in it, as the writer counted them. */
  readonly records: number;
  /** Number of the segment that holds it. */
  readonly segment: number;
  /** Where it begins in that segment, in bytes. */
  readonly offset: number;
}

/** Bytes of a segment that no frame could be read from. */
export interface SegmentDamage {
  readonly path: string;
  /** Where the unreadable bytes begin. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** `torn`: the last frame was not written whole. `corrupt`: bytes have changed. `unreadable`: the system refused, `reason` says why. */
  readonly kind: "corrupt" | "torn" | "unreadable";
  readonly reason: string;
}
