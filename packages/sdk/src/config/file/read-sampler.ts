import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";
import { isRecord } from "../is-record.ts";
import { samplerRatio } from "../rules/sampler-names.ts";
import type { FilePath } from "./file-path.ts";
import type { FileReader } from "./file-reader.ts";

/** The sampler that a part of the file describes; `undefined` where there is none. */
export function readSampler(reader: FileReader, path: FilePath): Sampler | undefined {
  const choice = reader.value(path);
  const name = isRecord(choice) ? Object.keys(choice)[0] : undefined;
  switch (name) {
    case "always_on":
      return new AlwaysOnSampler();
    case "always_off":
      return new AlwaysOffSampler();
    case "trace_id_ratio_based":
      return new TraceIdRatioBasedSampler(reader.take([...path, name, "ratio"], samplerRatio) ?? 1);
    case "parent_based":
      return readParentBased(reader, [...path, name]);
    default:
      return undefined;
  }
}

function readParentBased(reader: FileReader, path: FilePath): Sampler {
  const remoteParentSampled = readSampler(reader, [...path, "remote_parent_sampled"]);
  const remoteParentNotSampled = readSampler(reader, [...path, "remote_parent_not_sampled"]);
  const localParentSampled = readSampler(reader, [...path, "local_parent_sampled"]);
  const localParentNotSampled = readSampler(reader, [...path, "local_parent_not_sampled"]);
  return new ParentBasedSampler({
    root: readSampler(reader, [...path, "root"]) ?? new AlwaysOnSampler(),
    ...(remoteParentSampled && { remoteParentSampled }),
    ...(remoteParentNotSampled && { remoteParentNotSampled }),
    ...(localParentSampled && { localParentSampled }),
    ...(localParentNotSampled && { localParentNotSampled }),
  });
}
