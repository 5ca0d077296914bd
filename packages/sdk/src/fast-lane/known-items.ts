import type { Attributes } from "@opentelemetry/api";
import type { AttributeParts } from "@runlight/core";
import type { ItemWriter } from "@runlight/spool";
import { Stencil } from "./stencil.ts";
import type { Slot } from "./stencil.ts";

/** Stencils kept of items with the same shared attributes; further kinds of them are written value by value. */
export const maxStencils = 12;

/** Finds the stencils of items, whose forms are told apart by identity. */
export interface KnownItems<Form extends object> {
  /** The stencil whose bytes are now those of an item with these values: all of it but ids and times. `lead`: the text before its attributes. */
  find(
    form: Form,
    lead: string | undefined,
    parts: AttributeParts,
    added: Attributes | undefined,
  ): Stencil<Form> | undefined;
  /**
   * Takes up an item that was just written value by value, from `start` on, from the second one with the same shared attributes on: what comes once
   * only is not kept.
   */
  learn(writer: ItemWriter, start: number, form: Form, item: WrittenItem): void;
}

/** An item that was written value by value. */
export interface WrittenItem {
  readonly shared: Attributes | undefined;
  /** Where its values stand in the writer. */
  readonly lead: Slot | undefined;
  readonly slots: readonly Slot[];
}

/** Remembers stencils for as long as shared attributes live. Hot path: budget 20 ns besides that of the stencil. */
export function createKnownItems<Form extends object>(): KnownItems<Form> {
  const known = new WeakMap<Attributes, Stencil<Form>[]>();
  // Those that were asked for last: most items come in rows.
  let lastShared: Attributes | undefined;
  let last: Stencil<Form>[] | undefined;

  function stencilsOf(shared: Attributes | undefined): Stencil<Form>[] | undefined {
    if (shared === undefined) return undefined;
    if (shared === lastShared) return last;
    const stencils = known.get(shared);
    if (stencils === undefined) return undefined;
    lastShared = shared;
    return (last = stencils);
  }

  return {
    find(form, lead, parts, added) {
      const stencils = stencilsOf(parts.shared);
      if (stencils === undefined) return undefined;
      const own = parts.own ?? parts.attributes;
      for (let index = 0; index < stencils.length; index += 1) {
        const stencil = stencils[index] as Stencil<Form>;
        if (stencil.form === form && stencil.fit(lead, own, added)) return stencil;
      }
      return undefined;
    },
    learn(writer, start, form, { shared, lead, slots }) {
      if (shared === undefined) return;
      const stencils = stencilsOf(shared);
      if (stencils === undefined) known.set(shared, []);
      if (stencils === undefined || stencils.length >= maxStencils) return;
      const moved = (slot: Slot): Slot => ({ ...slot, start: slot.start - start, end: slot.end - start });
      const item = writer.bytes.subarray(start, writer.position);
      const stencil = Stencil.of(form, item, lead === undefined ? undefined : moved(lead), slots.map(moved));
      if (stencil !== undefined) stencils.push(stencil);
    },
  };
}
