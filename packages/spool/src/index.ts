export { openSpool } from "./spool/open-spool.ts";
export type { AppendOptions, ItemScope, Spool, SpoolSettings } from "./spool/spool.ts";
export type { ItemBatch } from "./spool/item-batch.ts";
export type { ItemModel } from "./spool/item-model.ts";
export { defaultBounds } from "./spool/default-bounds.ts";
export { SpoolUnusableError } from "./spool/spool-fault.ts";
export type { SpoolStatistics } from "./spool/statistics.ts";
export type { OtlpEndpoint, OtlpEndpoints, Signal, SpoolBounds, TlsSettings } from "./settings.ts";
export { describeProcess } from "./process/identity.ts";
export type { ProcessIdentity } from "./process/identity.ts";

export { startShipper } from "./ship/start-shipper.ts";
export type { Shipper, ShipperSettings } from "./ship/shipper.ts";
export { shipSpools } from "./ship/ship-spools.ts";
export type { ShipOptions, ShipReport } from "./ship/ship-spools.ts";
export type { ShipperStatistics, SignalShipment } from "./ship/shipper-statistics.ts";
export type { RetrySettings } from "./ship/retry-settings.ts";

export { recoverSpools } from "./recovery/recover-spools.ts";
export type { LostOperation, RecoveredRun } from "./recovery/recovered-run.ts";

export { listSpools } from "./directory/listing.ts";
export type { SpoolLife, SpoolListing } from "./directory/listing.ts";
export { readFrames } from "./segment/read-frames.ts";
export type { ReadFramesOptions } from "./segment/read-frames.ts";
export { FrameFollower } from "./segment/frame-follower.ts";
export type { FrameFollowerSettings } from "./segment/frame-follower.ts";
export type { Frame, SegmentDamage } from "./frame/frame.ts";
export { ItemWriter } from "./otlp/item-writer.ts";
export { WireWriter } from "./otlp/wire-writer.ts";
export { varintSize, writeVarint } from "./otlp/varint.ts";
export { encodeAttributes } from "./otlp/encode-value.ts";
export { decodeTraces } from "./otlp/decode-traces.ts";
export { decodeMetrics } from "./otlp/decode-metrics.ts";
export { decodeLogs } from "./otlp/decode-logs.ts";
export type {
  Attributes,
  DecodedExponentialBuckets,
  DecodedExponentialHistogramPoint,
  DecodedHistogramPoint,
  DecodedLogRecord,
  DecodedMetric,
  DecodedNumberPoint,
  DecodedScope,
  DecodedSpan,
  DecodedSpanEvent,
  DecodedSpanLink,
  DecodedStatus,
  DecodedSummaryPoint,
  DecodedTemporality,
} from "./otlp/decoded.ts";
