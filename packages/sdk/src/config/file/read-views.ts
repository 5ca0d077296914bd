import {
  AggregationType,
  type AggregationOption,
  createAllowListAttributesProcessor,
  createDenyListAttributesProcessor,
  type IAttributesProcessor,
  InstrumentType,
  type ViewOptions,
} from "@opentelemetry/sdk-metrics";
import { claim } from "../claims.ts";
import { isRecord } from "../is-record.ts";
import { view } from "../rules/part-rules.ts";
import { integer, listOfText, someText, trueOrFalse } from "../rules/rule.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";

/** Bounds of a histogram where a file names none (metrics SDK specification, explicit bucket histogram aggregation). */
const defaultBoundaries = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

const instrumentTypes: ReadonlyMap<unknown, InstrumentType> = new Map([
  ["counter", InstrumentType.COUNTER],
  ["gauge", InstrumentType.GAUGE],
  ["histogram", InstrumentType.HISTOGRAM],
  ["observable_counter", InstrumentType.OBSERVABLE_COUNTER],
  ["observable_gauge", InstrumentType.OBSERVABLE_GAUGE],
  ["observable_up_down_counter", InstrumentType.OBSERVABLE_UP_DOWN_COUNTER],
  ["up_down_counter", InstrumentType.UP_DOWN_COUNTER],
]);

/** Reads the views of a file. */
export function readViews(reader: FileReader, path: FilePath): void {
  const views: ViewOptions[] = [];
  for (let index = 0; index < reader.count(path); index += 1) {
    const faultsBefore = reader.faults.length;
    const options = readView(reader, [...path, index]);
    if (reader.faults.length > faultsBefore || reader.value([...path, index]) === undefined) continue;
    if (view.accept(options) === undefined) reader.refuse([...path, index], view);
    else views.push(options);
  }
  if (views.length > 0) reader.add(path, [claim("views", views)]);
}

function readView(reader: FileReader, path: FilePath): ViewOptions {
  const options: ViewOptions = {};
  const selector = [...path, "selector"];
  const stream = [...path, "stream"];
  const selectors = [
    ["instrument_name", "instrumentName"],
    ["unit", "instrumentUnit"],
    ["meter_name", "meterName"],
    ["meter_version", "meterVersion"],
    ["meter_schema_url", "meterSchemaUrl"],
  ] as const;
  for (const [key, option] of selectors) {
    const text = reader.take([...selector, key], someText);
    if (text !== undefined) options[option] = text;
  }
  const instrumentType = instrumentTypes.get(reader.value([...selector, "instrument_type"]));
  if (instrumentType !== undefined) options.instrumentType = instrumentType;
  for (const key of ["name", "description"] as const) {
    const text = reader.take([...stream, key], someText);
    if (text !== undefined) options[key] = text;
  }
  const limit = reader.take([...stream, "aggregation_cardinality_limit"], integer(1));
  if (limit !== undefined) options.aggregationCardinalityLimit = limit;
  const aggregation = readAggregation(reader, [...stream, "aggregation"]);
  if (aggregation !== undefined) options.aggregation = aggregation;
  const attributesProcessors = readAttributeKeys(reader, [...stream, "attribute_keys"]);
  if (attributesProcessors.length > 0) options.attributesProcessors = attributesProcessors;
  return options;
}

function readAttributeKeys(reader: FileReader, path: FilePath): IAttributesProcessor[] {
  const included = readKeys(reader, [...path, "included"]);
  const excluded = readKeys(reader, [...path, "excluded"]);
  return [
    ...(included ? [createAllowListAttributesProcessor(included)] : []),
    ...(excluded ? [createDenyListAttributesProcessor(excluded)] : []),
  ];
}

function readKeys(reader: FileReader, path: FilePath): string[] | undefined {
  const keys = reader.take(path, listOfText);
  const index = keys?.findIndex((key) => /[*?]/.test(key)) ?? -1;
  if (index >= 0) reader.refuse([...path, index], { text: "a whole attribute name, as there are no wildcards here" });
  return keys && [...keys];
}

function readAggregation(reader: FileReader, path: FilePath): AggregationOption | undefined {
  const choice = reader.value(path);
  const name = isRecord(choice) ? Object.keys(choice)[0] : undefined;
  switch (name) {
    case "default":
      return { type: AggregationType.DEFAULT };
    case "drop":
      return { type: AggregationType.DROP };
    case "sum":
      return { type: AggregationType.SUM };
    case "last_value":
      return { type: AggregationType.LAST_VALUE };
    case "explicit_bucket_histogram": {
      const boundaries = reader.value([...path, name, "boundaries"]);
      const recordMinMax = reader.take([...path, name, "record_min_max"], trueOrFalse) ?? true;
      return {
        type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
        options: { boundaries: Array.isArray(boundaries) ? boundaries.map(Number) : defaultBoundaries, recordMinMax },
      };
    }
    case "base2_exponential_bucket_histogram": {
      const maxSize = reader.take([...path, name, "max_size"], integer(2));
      const recordMinMax = reader.take([...path, name, "record_min_max"], trueOrFalse) ?? true;
      return {
        type: AggregationType.EXPONENTIAL_HISTOGRAM,
        options: { recordMinMax, ...(maxSize !== undefined && { maxSize }) },
      };
    }
    default:
      return undefined;
  }
}
