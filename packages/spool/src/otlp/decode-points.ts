import { decodeKeyValue } from "./decode-value.ts";
import type {
  DecodedExponentialBuckets,
  DecodedExponentialHistogramPoint,
  DecodedHistogramPoint,
  DecodedNumberPoint,
  DecodedSummaryPoint,
} from "./decoded.ts";
import type { Mutable } from "./mutable.ts";
import type { WireReader } from "./wire-reader.ts";

/** Reads one `NumberDataPoint`. */
export function decodeNumberPoint(reader: WireReader): DecodedNumberPoint {
  const attributes: Record<string, unknown> = {};
  const point: Mutable<DecodedNumberPoint> = {
    attributes,
    startTimeUnixNano: 0n,
    timeUnixNano: 0n,
    flags: 0,
    value: 0,
  };
  while (reader.next()) {
    if (reader.field === 2) point.startTimeUnixNano = reader.fixed64();
    else if (reader.field === 3) point.timeUnixNano = reader.fixed64();
    else if (reader.field === 4) point.value = reader.double();
    else if (reader.field === 6) point.value = reader.sfixed64();
    else if (reader.field === 7) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 8) point.flags = reader.uint();
    else reader.skip();
  }
  return point;
}

/** Reads one `HistogramDataPoint`. */
export function decodeHistogramPoint(reader: WireReader): DecodedHistogramPoint {
  const attributes: Record<string, unknown> = {};
  const bucketCounts: number[] = [];
  const explicitBounds: number[] = [];
  const point: Mutable<DecodedHistogramPoint> = {
    attributes,
    startTimeUnixNano: 0n,
    timeUnixNano: 0n,
    flags: 0,
    count: 0,
    bucketCounts,
    explicitBounds,
  };
  while (reader.next()) {
    if (reader.field === 2) point.startTimeUnixNano = reader.fixed64();
    else if (reader.field === 3) point.timeUnixNano = reader.fixed64();
    else if (reader.field === 4) point.count = Number(reader.fixed64());
    else if (reader.field === 5) point.sum = reader.double();
    else if (reader.field === 6) reader.fixed64s(bucketCounts);
    else if (reader.field === 7) reader.doubles(explicitBounds);
    else if (reader.field === 9) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 10) point.flags = reader.uint();
    else if (reader.field === 11) point.min = reader.double();
    else if (reader.field === 12) point.max = reader.double();
    else reader.skip();
  }
  return point;
}

/** Reads one `ExponentialHistogramDataPoint`. */
export function decodeExponentialHistogramPoint(reader: WireReader): DecodedExponentialHistogramPoint {
  const attributes: Record<string, unknown> = {};
  const point: Mutable<DecodedExponentialHistogramPoint> = {
    attributes,
    startTimeUnixNano: 0n,
    timeUnixNano: 0n,
    flags: 0,
    count: 0,
    scale: 0,
    zeroCount: 0,
    positive: { offset: 0, bucketCounts: [] },
    negative: { offset: 0, bucketCounts: [] },
  };
  while (reader.next()) {
    if (reader.field === 1) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 2) point.startTimeUnixNano = reader.fixed64();
    else if (reader.field === 3) point.timeUnixNano = reader.fixed64();
    else if (reader.field === 4) point.count = Number(reader.fixed64());
    else if (reader.field === 5) point.sum = reader.double();
    else if (reader.field === 6) point.scale = reader.sint32();
    else if (reader.field === 7) point.zeroCount = Number(reader.fixed64());
    else if (reader.field === 8) point.positive = decodeBuckets(reader.message());
    else if (reader.field === 9) point.negative = decodeBuckets(reader.message());
    else if (reader.field === 10) point.flags = reader.uint();
    else if (reader.field === 12) point.min = reader.double();
    else if (reader.field === 13) point.max = reader.double();
    else reader.skip();
  }
  return point;
}

function decodeBuckets(reader: WireReader): DecodedExponentialBuckets {
  let offset = 0;
  const bucketCounts: number[] = [];
  while (reader.next()) {
    if (reader.field === 1) offset = reader.sint32();
    else if (reader.field === 2) reader.uints(bucketCounts);
    else reader.skip();
  }
  return { offset, bucketCounts };
}

/** Reads one `SummaryDataPoint`. */
export function decodeSummaryPoint(reader: WireReader): DecodedSummaryPoint {
  const attributes: Record<string, unknown> = {};
  const quantiles: { quantile: number; value: number }[] = [];
  const point: Mutable<DecodedSummaryPoint> = {
    attributes,
    startTimeUnixNano: 0n,
    timeUnixNano: 0n,
    flags: 0,
    count: 0,
    sum: 0,
    quantiles,
  };
  while (reader.next()) {
    if (reader.field === 2) point.startTimeUnixNano = reader.fixed64();
    else if (reader.field === 3) point.timeUnixNano = reader.fixed64();
    else if (reader.field === 4) point.count = Number(reader.fixed64());
    else if (reader.field === 5) point.sum = reader.double();
    else if (reader.field === 6) quantiles.push(decodeQuantile(reader.message()));
    else if (reader.field === 7) decodeKeyValue(reader.message(), attributes);
    else if (reader.field === 8) point.flags = reader.uint();
    else reader.skip();
  }
  return point;
}

function decodeQuantile(reader: WireReader): { quantile: number; value: number } {
  let quantile = 0;
  let value = 0;
  while (reader.next()) {
    if (reader.field === 1) quantile = reader.double();
    else if (reader.field === 2) value = reader.double();
    else reader.skip();
  }
  return { quantile, value };
}
