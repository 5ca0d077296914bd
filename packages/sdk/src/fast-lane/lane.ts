import type { Resource } from "@opentelemetry/resources";
import { operationScope } from "@runlight/core";
import { WireWriter } from "@runlight/spool";
import type { ItemBatch, Signal, Spool } from "@runlight/spool";
import { writeResource, writeScope } from "../pipeline/envelope-fields.ts";
import type { Urgency } from "../pipeline/urgency.ts";

/** Asked once: it is a getter that costs as much as an item. */
const { timeOrigin } = performance;

/** One signal's way into the spool: items are encoded where they are kept. Hot path: it calls nothing but the spool. */
export class Lane {
  /** Where the next item is written between {@link begin} and {@link commit}, or {@link fail} with what stopped it. */
  readonly batch: ItemBatch;
  readonly #written: () => void;
  readonly #onFailure: (error: unknown) => void;
  #encodingFailures = 0;
  #handedOver = 0;
  #isBusy = false;

  constructor(batch: ItemBatch, told: { readonly written: () => void; readonly failed: (error: unknown) => void }) {
    this.batch = batch;
    this.#written = told.written;
    this.#onFailure = told.failed;
  }

  /** Items that could not be encoded. */
  get encodingFailures(): number {
    return this.#encodingFailures;
  }

  /** Items handed over. */
  get handedOver(): number {
    return this.#handedOver;
  }

  /** False where an item is being written already: a value that is read for it emits one itself. That one is counted and not written. */
  begin(): boolean {
    if (this.#isBusy) {
      this.#encodingFailures += 1;
      return false;
    }
    this.#isBusy = true;
    return true;
  }

  /** The item is whole. `timeMs`: Unix time in milliseconds, about now. */
  commit(urgency: Urgency, timeMs: number): void {
    this.#isBusy = false;
    this.#handedOver += 1;
    if (this.batch.commit(urgency, timeMs - timeOrigin)) this.#written();
  }

  /** Takes the item back and counts it. */
  fail(error: unknown): void {
    this.#isBusy = false;
    this.batch.rollback();
    if (this.#encodingFailures++ === 0) this.#onFailure(error);
  }
}

/** Opens a signal's batch in the spool, under the scope of operations; undefined when the spool takes no more resources. */
export function openBatch(spool: Spool, signal: Signal, resource: Resource): ItemBatch | undefined {
  const field = new WireWriter();
  writeResource(field, resource);
  const schema = new WireWriter();
  if (resource.schemaUrl !== undefined) schema.string(3, resource.schemaUrl);
  const scope = new WireWriter();
  writeScope(scope, operationScope);
  return spool.openItems(signal, { resource: field.finish(), schema: schema.finish(), scope: scope.finish() });
}
