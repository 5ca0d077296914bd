import type { Attributes } from "@opentelemetry/api";
import { varintSize, writeVarint } from "@runlight/spool";
import type { ItemBatch, ItemModel } from "@runlight/spool";
import type { Encode, PlainValue } from "./known-keys.ts";

/*
 * Hot path: most items are like one before, down to all but a few values. Budget 5 ns for an attribute that is the same, 15 ns for another
 * number of the same size, 60 ns for anything else.
 */

/** Where a value stands in an item. */
export interface Slot {
  /** The attribute's. */
  readonly key: string;
  /** The bytes of another value. */
  readonly encode: Encode;
  value: PlainValue;
  start: number;
  end: number;
}

/** Tag and length of an item, the length in two bytes. */
export const itemHeaderBytes = 3;
const minSize = 128 + itemHeaderBytes;
const maxSize = 4096;
const maxSlots = 200;

/** An item as it was written last, and where in it the values stand that may be others in the next one. */
export class Stencil<Form extends object = object> implements ItemModel {
  /** What its items have in common besides values: told apart by identity. */
  readonly form: Form;
  bytes: Uint8Array;
  frame = -1;
  at = 0;
  #view: DataView;
  /** The text before the attributes, where there is one. */
  readonly #lead: Slot | undefined;
  readonly #slots: readonly Slot[];
  /** What of the bytes changed since the last item: where it begins and ends, by turns. */
  readonly #changed: Uint16Array;
  #changedCount = 0;

  /** {@link Stencil.of} looks whether the item is fit for one. */
  constructor(form: Form, bytes: Uint8Array, lead: Slot | undefined, slots: readonly Slot[]) {
    this.form = form;
    this.bytes = bytes;
    this.#view = viewOf(bytes);
    this.#lead = lead;
    this.#slots = slots;
    this.#changed = new Uint16Array(2 * (slots.length + 1));
  }

  /** The stencil of an item, whose slots say where in it they stand; undefined for one that is too short, too long or too full. */
  static of<Form extends object>(
    form: Form,
    item: Uint8Array,
    lead: Slot | undefined,
    slots: readonly Slot[],
  ): Stencil<Form> | undefined {
    const isFit = isFitting(item.length) && slots.length <= maxSlots;
    return isFit ? new Stencil(form, Uint8Array.from(item), lead, slots) : undefined;
  }

  /** True where an item has this lead and these attributes beside shared ones, in their order: then {@link bytes} are the item's. */
  fit(lead: string | undefined, own: Attributes, added: Attributes | undefined): boolean {
    this.#changedCount = 0;
    if (this.#take(lead, own, added)) return true;
    if (this.#changedCount > 0) this.frame = -1;
    return false;
  }

  /** Edits what changed since the last item. */
  edit(batch: ItemBatch): void {
    if (!batch.isEditing) return;
    const { writer } = batch;
    const { bytes } = this;
    for (let index = 0; index < this.#changedCount; index += 2) {
      const start = this.#changed[index] as number;
      const end = this.#changed[index + 1] as number;
      batch.edit(start, end - start);
      const target = writer.bytes;
      let { position } = writer;
      for (let at = start; at < end; at += 1) target[position++] = bytes[at] as number;
      writer.position = position;
    }
  }

  #take(lead: string | undefined, own: Attributes, added: Attributes | undefined): boolean {
    if (!this.#takeLead(lead)) return false;
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

  /** Leads of another length are of another stencil: they tell durations, and those are of few lengths. */
  #takeLead(lead: string | undefined): boolean {
    const slot = this.#lead;
    if (slot === undefined || lead === undefined) return slot === lead;
    const { value } = slot;
    return lead === value || (lead.length === (value as string).length && this.#change(slot, lead));
  }

  #change(slot: Slot, value: unknown): boolean {
    if (typeof value === "number") {
      const before = slot.value;
      // Where whole numbers and others take turns, they have a stencil each: durations do, of which the shortest are 0.
      if (typeof before === "number" && Number.isInteger(before) !== Number.isInteger(value)) return false;
      if (typeof before === "number" && this.#changeNumber(slot, before, value)) return true;
    } else if (typeof value !== "string" && typeof value !== "boolean") return false;
    const encoded = slot.encode(value);
    if (encoded === undefined) return false;
    const growth = encoded.length - (slot.end - slot.start);
    if (!isFitting(this.bytes.length + growth)) return false;
    if (growth !== 0) this.#resize(slot, growth);
    slot.value = value;
    this.bytes.set(encoded, slot.start);
    this.#note(slot.start, slot.end);
    return true;
  }

  /** In place, where both are no whole numbers, or counts of as many bytes. */
  #changeNumber(slot: Slot, before: number, value: number): boolean {
    let size = 8;
    if (!Number.isInteger(value)) {
      this.#view.setFloat64(slot.end - size, value, true);
    } else {
      if (!isCount(value) || !isCount(before)) return false;
      size = varintSize(value);
      if (size !== varintSize(before)) return false;
      writeVarint(this.bytes, slot.end - size, value);
    }
    slot.value = value;
    this.#note(slot.end - size, slot.end);
    return true;
  }

  #note(start: number, end: number): void {
    this.#changed[this.#changedCount++] = start;
    this.#changed[this.#changedCount++] = end;
  }

  #resize(slot: Slot, growth: number): void {
    const { bytes } = this;
    const { start, end } = slot;
    const resized = new Uint8Array(bytes.length + growth);
    resized.set(bytes.subarray(0, start));
    resized.set(bytes.subarray(end), end + growth);
    for (const other of this.#slots) {
      if (other.start <= start) continue;
      other.start += growth;
      other.end += growth;
    }
    slot.end += growth;
    const size = resized.length - itemHeaderBytes;
    resized[1] = (size & 127) | 128;
    resized[2] = size >> 7;
    this.bytes = resized;
    this.#view = viewOf(resized);
    // Places have moved: the next item is written with all its bytes.
    this.frame = -1;
  }
}

/** A size that is told in two bytes, and is worth keeping. */
function isFitting(itemBytes: number): boolean {
  return itemBytes >= minSize && itemBytes <= maxSize;
}

/** A number that is written as an unsigned varint. -0 equals 0 and is written like it. */
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
