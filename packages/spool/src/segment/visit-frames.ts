import { ResourceTable } from "./resource-table.ts";
import { listSegments } from "./segment-files.ts";
import type { SegmentFile } from "./segment-files.ts";
import { SegmentReader } from "./segment-reader.ts";
import type { PlacedFrame } from "./segment-reader.ts";

/** Shows every frame of records in a spool where it stands: its payload holds until the visit ends. Never throws for what the files are: what cannot be read is passed over. */
export function visitFrames(directory: string, visit: (frame: PlacedFrame, resources: ResourceTable) => void): void {
  const resources = new ResourceTable();
  for (const { path } of segmentsOf(directory)) {
    let reader: SegmentReader | undefined;
    try {
      reader = new SegmentReader(path, 0, () => {});
      for (let frame = reader.next(true); frame !== undefined; frame = reader.next(true)) {
        if (frame.kind === "resource") resources.define(frame);
        else visit(frame, resources);
      }
    } catch {
      // Retention may have taken it; the other segments may still be there.
    } finally {
      reader?.close();
    }
  }
}

function segmentsOf(directory: string): readonly SegmentFile[] {
  try {
    return listSegments(directory);
  } catch {
    return [];
  }
}
