import type { Frame, SegmentDamage } from "../frame/frame.ts";
import type { Signal } from "../settings.ts";
import { ResourceTable } from "./resource-table.ts";
import { listSegments } from "./segment-files.ts";
import type { SegmentFile } from "./segment-files.ts";
import { SegmentReader } from "./segment-reader.ts";

/** What to read and whom to tell of damage. */
export interface ReadFramesOptions {
  /** Default: all three. */
  readonly signals?: readonly Signal[];
  /** Number of the only segment to read. Default: all of them. */
  readonly segment?: number;
  readonly onDamage?: (damage: SegmentDamage) => void;
}

/** The frames of one spool in the order they were appended. Never throws: what cannot be read is told to `onDamage` and passed over. */
export function* readFrames(
  spool: string | { readonly directory: string },
  options: ReadFramesOptions = {},
): Generator<Frame, void, undefined> {
  const directory = typeof spool === "string" ? spool : spool.directory;
  const onDamage = options.onDamage ?? ((): void => {});
  const signals = options.signals ?? ["traces", "metrics", "logs"];
  const resources = new ResourceTable();
  for (const segment of readableSegments(directory, onDamage)) {
    if (options.segment !== undefined && segment.number !== options.segment) continue;
    yield* readSegment(segment, signals, resources, onDamage);
  }
}

function* readSegment(
  segment: SegmentFile,
  signals: readonly Signal[],
  resources: ResourceTable,
  onDamage: (damage: SegmentDamage) => void,
): Generator<Frame, void, undefined> {
  let reader: SegmentReader | undefined;
  try {
    reader = new SegmentReader(segment.path, 0, onDamage);
    for (let frame = reader.next(true); frame !== undefined; frame = reader.next(true)) {
      const { kind, records, offset } = frame;
      if (kind === "resource") resources.define(frame);
      else if (signals.includes(kind)) {
        const { attributes } = resources.of(frame);
        yield {
          signal: kind,
          resource: attributes,
          bytes: resources.request(frame),
          records,
          segment: segment.number,
          offset,
        };
      }
    }
  } catch (error) {
    onDamage(unreadable(segment.path, reader?.position ?? 0, error));
  } finally {
    reader?.close();
  }
}

function readableSegments(directory: string, onDamage: (damage: SegmentDamage) => void): readonly SegmentFile[] {
  try {
    return listSegments(directory);
  } catch (error) {
    onDamage(unreadable(directory, 0, error));
    return [];
  }
}

function unreadable(path: string, offset: number, error: unknown): SegmentDamage {
  return {
    path,
    offset,
    sizeBytes: 0,
    kind: "unreadable",
    reason: error instanceof Error ? error.message : String(error),
  };
}
