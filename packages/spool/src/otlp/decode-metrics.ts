import {
  decodeExponentialHistogramPoint,
  decodeHistogramPoint,
  decodeNumberPoint,
  decodeSummaryPoint,
} from "./decode-points.ts";
import { decodeRequest } from "./decode-request.ts";
import type { DecodedMetric, DecodedScope, DecodedTemporality } from "./decoded.ts";
import type { WireReader } from "./wire-reader.ts";

/** The metrics of one OTLP export request, in its order; a metric without data is passed over. Throws `SyntaxError` where the bytes are not one. */
export function decodeMetrics(bytes: Uint8Array): readonly DecodedMetric[] {
  const metrics: DecodedMetric[] = [];
  decodeRequest(bytes, (reader, scope) => {
    const metric = decodeMetric(reader, scope);
    if (metric !== undefined) metrics.push(metric);
  });
  return metrics;
}

function decodeMetric(reader: WireReader, scope: DecodedScope): DecodedMetric | undefined {
  let name = "";
  let description = "";
  let unit = "";
  let data: WireReader | undefined;
  let dataField = 0;
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) description = reader.string();
    else if (reader.field === 3) unit = reader.string();
    else if (
      reader.field === 5 ||
      reader.field === 7 ||
      reader.field === 9 ||
      reader.field === 10 ||
      reader.field === 11
    ) {
      dataField = reader.field;
      data = reader.message();
    } else reader.skip();
  }
  if (data === undefined) return undefined;
  const base = { scope, name, description, unit };
  switch (dataField) {
    case 5:
      return { ...base, type: "gauge", points: decodeData(data, decodeNumberPoint).points };
    case 7:
      return { ...base, type: "sum", ...decodeData(data, decodeNumberPoint) };
    case 9: {
      const { points, temporality } = decodeData(data, decodeHistogramPoint);
      return { ...base, type: "histogram", temporality, points };
    }
    case 10: {
      const { points, temporality } = decodeData(data, decodeExponentialHistogramPoint);
      return { ...base, type: "exponentialHistogram", temporality, points };
    }
    default:
      return { ...base, type: "summary", points: decodeData(data, decodeSummaryPoint).points };
  }
}

interface MetricData<Point> {
  readonly points: readonly Point[];
  readonly temporality: DecodedTemporality;
  readonly monotonic: boolean;
}

function decodeData<Point>(reader: WireReader, decodePoint: (reader: WireReader) => Point): MetricData<Point> {
  const points: Point[] = [];
  let temporality: DecodedTemporality = "unspecified";
  let monotonic = false;
  while (reader.next()) {
    if (reader.field === 1) points.push(decodePoint(reader.message()));
    else if (reader.field === 2) temporality = temporalities[reader.uint()] ?? "unspecified";
    else if (reader.field === 3) monotonic = reader.boolean();
    else reader.skip();
  }
  return { points, temporality, monotonic };
}

const temporalities: readonly DecodedTemporality[] = ["unspecified", "delta", "cumulative"];
