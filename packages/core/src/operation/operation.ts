import type { Attributes, Context, SpanContext } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_RUNLIGHT_ITEMS_PROCESSED,
  ATTR_RUNLIGHT_ITEMS_UNIT,
  ATTR_RUNLIGHT_MEMORY_END,
  ATTR_RUNLIGHT_MEMORY_PEAK,
  ATTR_RUNLIGHT_MEMORY_START,
  ATTR_RUNLIGHT_OPERATION_ABANDONED,
  ATTR_RUNLIGHT_PIPELINE_QUEUED,
} from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { withOperation } from "../context/active-operation.ts";
import { withRunInBaggage } from "../context/run-baggage.ts";
import { createChildFolds } from "../folding/child-folds.ts";
import type { ChildFolds } from "../folding/child-folds.ts";
import { cleanAttributes } from "../record/attributes.ts";
import type { AttributesInput } from "../record/attributes.ts";
import { boundText } from "../record/bounded-text.ts";
import { describeException, exceptionAttributes } from "../record/exception.ts";
import { runEnded } from "../run/run-life.ts";
import { recordInRun } from "../run/run-records.ts";
import type { Run } from "../run/run.ts";
import type { OpenOperation, OperationStart } from "../sink/operation-sink.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { tellOperation } from "./channels.ts";
import { createItemCount } from "./item-count.ts";
import type { ItemCount } from "./item-count.ts";
import { endedRecord, startedRecord } from "./lifecycle-records.ts";
import { watchMemory, residentMemoryBytes } from "./memory.ts";
import type { MemoryWatch } from "./memory.ts";
import { OperationBeginning, identityAttributes } from "./operation-beginning.ts";
import { endedWell, outcomeOf } from "./outcome.ts";
import { createProgressTeller } from "./progress-teller.ts";
import { cleanProgress } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { spanAttributes } from "./span-attributes.ts";
import type { OperationStartSettings } from "./start-settings.ts";
import { createThrownMemory } from "./thrown-memory.ts";

/** One workflow, stage, pipeline or kernel call, from its start to its end. Made by `workflow`, `stage`, `pipeline`, `kernel` and their `start`. */
export class Operation implements Disposable, AsyncDisposable {
  readonly kind: OperationKind;
  readonly name: string;
  /** The run around it; `undefined` outside any workflow. */
  readonly run: Run | undefined;
  readonly parent: Operation | undefined;
  /** Operations around this one. */
  readonly depth: number;
  /** Unix time in milliseconds, with fraction. */
  readonly startTimeMs: number;
  /** What spans and log records directly inside the operation carry. */
  readonly innerAttributes: Attributes;
  /** The OpenTelemetry context to run the operation's work in. */
  readonly context: Context;
  readonly #open: OpenOperation;
  readonly #memory: MemoryWatch | undefined;
  #items: ItemCount | undefined;
  #tellProgress: ((progress: Progress) => void) | undefined;
  #children: Set<Operation> | undefined;
  #folds: ChildFolds | undefined;
  #queued = 0;
  #lastProgress: Progress | undefined;
  #endTimeMs: number | undefined;
  #outcome: Outcome | undefined;

  constructor(settings: OperationStartSettings) {
    const { kind, name, run, parent, attributes, innerAttributes } = settings;
    this.kind = kind;
    this.name = name;
    this.run = run;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.startTimeMs = settings.startTimeMs;
    this.innerAttributes = innerAttributes;
    this.#memory = kind === "kernel" ? undefined : watchMemory();
    const own =
      this.#memory === undefined
        ? attributes
        : { ...attributes, [ATTR_RUNLIGHT_MEMORY_START]: this.#memory.startBytes };
    const record = startedRecord(this, this.startTimeMs, own);
    this.#open = Operation.#openUnder(
      parent,
      new OperationBeginning(settings, record, [innerAttributes, identityAttributes(kind, name), own]),
      settings.parentContext,
    );
    const inside = withOperation(this.#open.context, this);
    this.context = settings.isRoot && run !== undefined ? withRunInBaggage(inside, run) : inside;
    if (parent !== undefined) parent.#adopt(this);
    if (kind !== "kernel") run?.open.add(this);
    // Outside a run nobody asks for the span's ids, whose text is not made then.
    if (record !== undefined && run !== undefined) recordInRun(run, record, this.#open.spanContext);
    tellOperation("start", this);
  }

  /** Ids of the operation's span. */
  get spanContext(): SpanContext {
    return this.#open.spanContext;
  }

  /** How it ended; `undefined` while it is open. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** Seconds from its start to its end, or to now. */
  get durationSeconds(): number {
    return Math.max(0, (this.#endTimeMs ?? now()) - this.startTimeMs) / 1000;
  }

  /** Items counted so far. */
  get items(): { readonly processed: number; readonly unit: string } {
    return this.#items ?? noItems;
  }

  /** The last progress told. */
  get lastProgress(): Progress | undefined {
    return this.#lastProgress;
  }

  /** Adds attributes to the span. After the end nothing happens. */
  setAttributes(attributes: AttributesInput): this {
    if (this.#outcome === undefined) this.#open.setAttributes(cleanAttributes(attributes));
    return this;
  }

  /** Tells how far the operation is: at most one record a second, and one when `done` reaches `total`. Values that make no sense are ignored. */
  progress(progress: Progress): this {
    const clean = cleanProgress(progress);
    if (clean === undefined || this.#outcome !== undefined) return this;
    this.#lastProgress = clean;
    this.#tellProgress ??= createProgressTeller(this);
    this.#tellProgress(clean);
    return this;
  }

  /** Counts items the operation has processed: `n` is 0 or more, all in one unit (default `item`). */
  count(n: number, unit?: string): this {
    if (this.#outcome === undefined) (this.#items ??= createItemCount()).add(n, unit);
    return this;
  }

  /** Counts pipelines that were queued within the operation. */
  countQueued(n: number): void {
    this.#queued += n;
  }

  /** Takes a sample of the process's resident memory, in bytes, into account. */
  sampleMemory(bytes: number): void {
    this.#memory?.sample(bytes);
  }

  /** Ends the operation; its span and ended record carry `attributes`. A second end does nothing. Operations still open inside end with it and are marked abandoned. */
  end(outcome: Outcome = "success", attributes?: AttributesInput): void {
    this.#close(outcome, attributes === undefined ? nothing : cleanAttributes(attributes));
  }

  /** Ends the operation with the outcome that `thrown` names (`outcome`) or stands for. An error that an inner operation told already is not told again. */
  fail(thrown: unknown, attributes?: AttributesInput): void {
    if (this.#outcome !== undefined) return;
    const exception = describeException(thrown);
    const first = thrownMemory.firstSeen(thrown, this);
    const told = { ...cleanAttributes(attributes), ...exceptionAttributes(exception, first) };
    this.#close(outcomeOf(thrown), told, `${exception.type}: ${exception.message}`);
  }

  [Symbol.dispose](): void {
    this.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }

  /** Opens the span, folded when it is one too many of its name under its parent. */
  static #openUnder(parent: Operation | undefined, start: OperationStart, parentContext: Context): OpenOperation {
    if (parent === undefined) return operationSink().open(start, parentContext);
    parent.#folds ??= createChildFolds(parent.spanContext);
    return parent.#folds.open(operationSink(), start, parentContext);
  }

  #adopt(child: Operation): void {
    if (this.#outcome !== undefined) return;
    this.#children ??= new Set();
    this.#children.add(child);
  }

  #release(child: Operation): void {
    this.#children?.delete(child);
  }

  #close(outcome: Outcome, attributes: Attributes, message?: string): void {
    if (this.#outcome !== undefined) return;
    for (const child of this.#children ?? []) child.#close(outcome, { [ATTR_RUNLIGHT_OPERATION_ABANDONED]: true });
    this.#outcome = outcome;
    this.#folds?.close();
    this.#endTimeMs = now();
    const well = endedWell(outcome);
    const isPlain = outcome === "success" && attributes === nothing && this.#tellsNothing();
    const all: Attributes = isPlain
      ? nothing
      : { ...this.#measured(), ...(well ? {} : { [ATTR_ERROR_TYPE]: outcome }), ...attributes };
    const record = isPlain
      ? undefined
      : endedRecord(this, {
          outcome,
          timeMs: this.#endTimeMs,
          durationSeconds: this.durationSeconds,
          attributes: all,
          message: message === undefined ? undefined : boundText(message, 300),
        });
    this.#open.close({
      outcome,
      endTimeMs: this.#endTimeMs,
      attributes: isPlain ? succeeded : spanAttributes(this.kind, outcome, all),
      statusMessage: well ? undefined : boundText(message ?? outcome, 1000),
      record,
    });
    if (this.parent !== undefined) this.parent.#release(this);
    this.run?.open.delete(this);
    if (record !== undefined && this.run !== undefined) recordInRun(this.run, record, this.#open.spanContext);
    if (this.kind === "kernel") this.run?.summary.kernel(this.name, this.durationSeconds, !well);
    tellOperation("end", this);
    if (this.kind === "workflow" && this.run !== undefined) runEnded(this.run, this, outcome);
  }

  /** True for a kernel that counted nothing: most calls, which is why they make nothing either. */
  #tellsNothing(): boolean {
    return this.kind === "kernel" && this.#items === undefined && this.#queued === 0;
  }

  #measured(): Attributes {
    const { processed, unit } = this.items;
    const counts: Attributes = {
      ...(processed === 0 ? {} : { [ATTR_RUNLIGHT_ITEMS_PROCESSED]: processed, [ATTR_RUNLIGHT_ITEMS_UNIT]: unit }),
      ...(this.#queued === 0 ? {} : { [ATTR_RUNLIGHT_PIPELINE_QUEUED]: this.#queued }),
    };
    if (this.#memory === undefined) return counts;
    const bytes = residentMemoryBytes();
    return { ...counts, [ATTR_RUNLIGHT_MEMORY_END]: bytes, [ATTR_RUNLIGHT_MEMORY_PEAK]: this.#memory.peakBytes(bytes) };
  }
}

const thrownMemory = createThrownMemory();
const nothing: Attributes = {};
const noItems = { processed: 0, unit: "item" } as const;
/** What the span of a kernel carries that succeeded. */
const succeeded: Attributes = spanAttributes("kernel", "success", nothing);
