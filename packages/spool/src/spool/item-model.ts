/** An item that further ones may be like. Its owner keeps the bytes as those of the latest one, but for what each of them edits. */
export interface ItemModel {
  /** The whole item: tag, length, message. */
  readonly bytes: Uint8Array;
  /** The frame that the latest of them went into, and where it stands there; kept by the batch. -1: the next one is written with all its bytes. */
  frame: number;
  at: number;
}
