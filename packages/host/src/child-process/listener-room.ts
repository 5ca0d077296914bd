import type { EventEmitter } from "node:events";

/** Lets an emitter have one listener more of each event without Node.js warning of a leak; gives what takes that back. */
export function makeListenerRoom(emitter: EventEmitter): () => void {
  const grow = (count: number): void => {
    const max = emitter.getMaxListeners();
    // 0 is no limit.
    if (max > 0) emitter.setMaxListeners(max + count);
  };
  grow(1);
  return () => grow(-1);
}
