import type { Frame, SegmentDamage } from "../frame/frame.ts";
import { errorCode } from "../process/error-code.ts";
import type { Signal } from "../settings.ts";
import { ResourceTable } from "./resource-table.ts";
import { listSegments } from "./segment-files.ts";
import { SegmentReader } from "./segment-reader.ts";

/** Which spool to follow, and what of it. */
export interface FrameFollowerSettings {
  readonly directory: string;
  readonly signals: readonly Signal[];
  readonly onDamage?: (damage: SegmentDamage) => void;
}

/** Reads a spool that is still written to: each byte once, however often it is asked. Holds no file open between two questions. */
export class FrameFollower {
  readonly #settings: FrameFollowerSettings;
  readonly #resources = new ResourceTable();
  #segment = 0;
  #position = 0;

  constructor(settings: FrameFollowerSettings) {
    this.#settings = settings;
  }

  /** The frames that were appended since the last question, in their order. Never throws: what cannot be read is told and passed over. */
  *read(): Generator<Frame, void, undefined> {
    const segments = this.#segments();
    for (const [index, segment] of segments.entries()) {
      if (segment.number < this.#segment) continue;
      if (segment.number > this.#segment) this.#position = 0;
      this.#segment = segment.number;
      // Only a segment with a later one behind it has its final end; a frame that is not whole yet is read the next time.
      yield* this.#readSegment(segment.path, index < segments.length - 1);
    }
  }

  *#readSegment(path: string, isFinished: boolean): Generator<Frame, void, undefined> {
    const onDamage = this.#settings.onDamage ?? ((): void => {});
    let reader: SegmentReader | undefined;
    try {
      reader = new SegmentReader(path, this.#position, onDamage);
      for (let frame = reader.next(isFinished); frame !== undefined; frame = reader.next(isFinished)) {
        this.#position = frame.end;
        const { kind, records, offset } = frame;
        if (kind === "resource") this.#resources.define(frame);
        else if (this.#settings.signals.includes(kind)) {
          const { attributes } = this.#resources.of(frame);
          const bytes = this.#resources.request(frame);
          yield { signal: kind, resource: attributes, bytes, records, segment: this.#segment, offset };
        }
      }
      this.#position = reader.position;
    } catch (error) {
      // Retention may delete a segment that was listed a moment ago.
      if (errorCode(error) === "ENOENT") return;
      onDamage({ path, offset: this.#position, sizeBytes: 0, kind: "unreadable", reason: String(error) });
    } finally {
      reader?.close();
    }
  }

  #segments(): ReturnType<typeof listSegments> {
    try {
      return listSegments(this.#settings.directory);
    } catch {
      return [];
    }
  }
}
