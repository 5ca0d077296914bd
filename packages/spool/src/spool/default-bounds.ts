import type { SpoolBounds } from "../settings.ts";

const mebibyte = 1024 * 1024;

/** What bounds a spool when nobody says otherwise: 1 GiB on disk, 14 days, 8 MiB in memory, segments of 16 MiB, no `fsync`. */
export const defaultBounds: SpoolBounds = {
  maxSizeBytes: 1024 * mebibyte,
  maxAgeDays: 14,
  maxBufferBytes: 8 * mebibyte,
  maxSegmentBytes: 16 * mebibyte,
  fsync: false,
};
