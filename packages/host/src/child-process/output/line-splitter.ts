/** A line as it came, without its end. */
export interface OutputLine {
  /** Its first bytes, at most the splitter's bound. */
  readonly bytes: Buffer;
  /** All of its bytes. */
  readonly sizeBytes: number;
  /** True when what follows was written over it, as progress bars do. */
  readonly overwritten: boolean;
}

/** Splits a stream of bytes into lines. */
export interface LineSplitter {
  write(chunk: Buffer): void;
  /** Gives the last line where it has no end. */
  end(): void;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Makes a splitter that gives each line to `onLine` when its end is seen. A line ends at a line feed, with or without a carriage return
 * before it; a carriage return alone ends one that is overwritten. Holds at most `maxLineBytes` of a line.
 */
export function createLineSplitter(maxLineBytes: number, onLine: (line: OutputLine) => void): LineSplitter {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let sizeBytes = 0;
  let returned = false;

  const append = (part: Buffer): void => {
    sizeBytes += part.length;
    const room = part.subarray(0, maxLineBytes - keptBytes);
    if (room.length === 0) return;
    kept.push(room);
    keptBytes += room.length;
  };
  const finish = (overwritten: boolean): void => {
    const [first = Buffer.alloc(0)] = kept;
    onLine({ bytes: kept.length > 1 ? Buffer.concat(kept) : first, sizeBytes, overwritten });
    kept = [];
    keptBytes = 0;
    sizeBytes = 0;
    returned = false;
  };
  return {
    write(chunk) {
      const feedFrom = createFinder(chunk, lineFeed);
      const returnFrom = createFinder(chunk, carriageReturn);
      let position = 0;
      while (position < chunk.length) {
        if (returned) {
          const byte = chunk[position];
          if (byte === lineFeed) finish(false);
          else if (byte !== carriageReturn) {
            finish(true);
            continue;
          }
          position += 1;
          continue;
        }
        const end = Math.min(feedFrom(position), returnFrom(position));
        append(chunk.subarray(position, end));
        if (chunk[end] === lineFeed) finish(false);
        else if (end < chunk.length) returned = true;
        position = end + 1;
      }
    },
    end() {
      if (returned || sizeBytes > 0) finish(false);
    },
  };
}

/** Finds the next `byte` at or after a position that only grows; each byte of the chunk is looked at once. */
function createFinder(chunk: Buffer, byte: number): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      const index = chunk.indexOf(byte, from);
      next = index === -1 ? chunk.length : index;
    }
    return next;
  };
}
