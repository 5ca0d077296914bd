import type { Attributes } from "@opentelemetry/api";
import { varintSize, writeVarint } from "@runlight/spool";
import type { KnownKey } from "./known-keys.ts";

/*
 * Hot path: most items are like one before, down to all but a few values. Budget 5 ns for an attribute that is the same, 15 ns for another
 * number of the same size, 60 ns for anything else.
 */

/** A value that is written without care. */
export type PlainValue = boolean | number | string;

/** Where one attribute stands. */
export interface Slot {
  readonly key: string;
  readonly known: KnownKey;
  value: PlainValue;
  /** Where its `KeyValue` begins, with its tag. */
  start: number;
  end: number;
}

/** A `KeyValue` with its tag; undefined where the value needs care. */
export type EncodeSlot = (known: KnownKey, value: PlainValue) => Uint8Array | undefined;

/** What stands before an item's attributes and behind them: the same object, never changed, for items of the same kind. */
export interface Surrounding {
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
}

/** Bytes of an item as it was written last, and where in them the values stand that may be others in the next one. */
export class Stencil {
  readonly surrounding: Surrounding;
  /** Prefix, attributes and suffix with the values that {@link fit} was given last. */
  bytes: Uint8Array;
  #view: DataView;
  readonly #slots: readonly Slot[];
  readonly #encode: EncodeSlot;

  constructor(surrounding: Surrounding, bytes: Uint8Array, slots: readonly Slot[], encode: EncodeSlot) {
    this.surrounding = surrounding;
    this.bytes = bytes;
    this.#view = viewOf(bytes);
    this.#slots = slots;
    this.#encode = encode;
  }

  /** True where these are the attributes that may differ, in their order, and {@link bytes} hold them now. */
  fit(own: Attributes, added: Attributes | undefined): boolean {
    const slots = this.#slots;
    let index = 0;
    for (const key in own) {
      const slot = slots[index++];
      if (slot === undefined || slot.key !== key) return false;
      const value = own[key];
      if (value !== slot.value && !this.#change(slot, value)) return false;
    }
    if (added !== undefined)
      for (const key in added) {
        const slot = slots[index++];
        if (slot === undefined || slot.key !== key) return false;
        const value = added[key];
        if (value !== slot.value && !this.#change(slot, value)) return false;
      }
    return index === slots.length;
  }

  #change(slot: Slot, value: unknown): boolean {
    if (typeof value === "number") {
      if (typeof slot.value === "number" && this.#changeNumber(slot, slot.value, value)) return true;
    } else if (typeof value !== "string" && typeof value !== "boolean") return false;
    const encoded = this.#encode(slot.known, value);
    if (encoded === undefined) return false;
    slot.value = value;
    this.#put(slot, encoded);
    return true;
  }

  /** In place, where both are doubles, or counts of as many bytes. */
  #changeNumber(slot: Slot, before: number, value: number): boolean {
    if (!Number.isInteger(value)) {
      if (Number.isInteger(before)) return false;
      this.#view.setFloat64(slot.end - 8, value, true);
    } else {
      if (!isCount(value) || !isCount(before)) return false;
      const size = varintSize(value);
      if (size !== varintSize(before)) return false;
      writeVarint(this.bytes, slot.end - size, value);
    }
    slot.value = value;
    return true;
  }

  #put(slot: Slot, encoded: Uint8Array): void {
    const { start, end } = slot;
    const growth = encoded.length - (end - start);
    if (growth !== 0) {
      const { bytes } = this;
      this.bytes = new Uint8Array(bytes.length + growth);
      this.#view = viewOf(this.bytes);
      this.bytes.set(bytes.subarray(0, start));
      this.bytes.set(bytes.subarray(end), end + growth);
      for (const other of this.#slots) {
        if (other.start <= start) continue;
        other.start += growth;
        other.end += growth;
      }
      slot.end += growth;
    }
    this.bytes.set(encoded, start);
  }
}

/** A number that is written as an unsigned varint; not -0, which equals 0 and is told from it nowhere. */
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
