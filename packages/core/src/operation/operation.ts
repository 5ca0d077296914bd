import type { Attributes, Context, SpanContext } from "@opentelemetry/api";
import { ATTR_RUNLIGHT_OPERATION_ABANDONED } from "@runlight/conventions/names";
import type { OperationKind, Outcome } from "@runlight/conventions/names";
import { now } from "../clock.ts";
import { withOperation } from "../context/active-operation.ts";
import { withRunInBaggage } from "../context/run-baggage.ts";
import { ChildFolds } from "../folding/child-folds.ts";
import { cleanAttributes } from "../record/attributes.ts";
import type { AttributesInput } from "../record/attributes.ts";
import { describeException, exceptionAttributes } from "../record/exception.ts";
import { runEnded } from "../run/run-life.ts";
import { recordInRun } from "../run/run-records.ts";
import type { Run } from "../run/run.ts";
import type { OpenOperation, OperationEnd, OperationStart } from "../sink/operation-sink.ts";
import { operationSink } from "../sink/registered-sink.ts";
import { tellOperation } from "./channels.ts";
import { createItemCount } from "./item-count.ts";
import type { ItemCount } from "./item-count.ts";
import type { OperationBeginning } from "./operation-beginning.ts";
import { fullEnd, nothingTold, plainEnd } from "./operation-ending.ts";
import { endedWell, outcomeOf } from "./outcome.ts";
import { createProgressTeller } from "./progress-teller.ts";
import { cleanProgress } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { createThrownMemory } from "./thrown-memory.ts";

/** One workflow, stage, pipeline or kernel call, from its start to its end. Made by `workflow`, `stage`, `pipeline`, `kernel` and their `start`. */
export class Operation implements Disposable, AsyncDisposable {
  readonly parent: Operation | undefined;
  /** Operations around this one. */
  readonly depth: number;
  readonly #start: OperationBeginning;
  readonly #open: OpenOperation;
  #context: Context | undefined;
  #items: ItemCount | undefined;
  #tellProgress: ((progress: Progress) => void) | undefined;
  #folds: ChildFolds | undefined;
  #queued = 0;
  #lastProgress: Progress | undefined;
  #endTimeMs: number | undefined;
  #outcome: Outcome | undefined;
  // Open operations inside, as a list that costs a child no memory.
  #firstChild: Operation | undefined;
  #lastChild: Operation | undefined;
  // When the first of them began; 0 while there is none.
  #coveredSinceMs = 0;
  #previous: Operation | undefined;
  #next: Operation | undefined;

  constructor(start: OperationBeginning, parent: Operation | undefined, parentContext: Context) {
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.#start = start;
    this.#open = Operation.#openUnder(parent, start, parentContext);
    if (parent !== undefined) parent.#adopt(this);
    const { run, record } = start;
    if (start.kind !== "kernel") run?.open.add(this);
    // Outside a run nobody asks for the span's ids, whose text is not made then.
    if (record !== undefined && run !== undefined) recordInRun(run, record, this.spanContext);
    tellOperation("start", this);
  }

  get kind(): OperationKind {
    return this.#start.place.kind;
  }

  get name(): string {
    return this.#start.place.name;
  }

  /** The run around it; `undefined` outside any workflow. */
  get run(): Run | undefined {
    return this.#start.run;
  }

  /** Unix time in milliseconds, with fraction. */
  get startTimeMs(): number {
    return this.#start.startTimeMs;
  }

  /** What spans and log records directly inside the operation carry. */
  get innerAttributes(): Attributes {
    return this.#start.place.inner;
  }

  /** The OpenTelemetry context to run the operation's work in. */
  get context(): Context {
    return (this.#context ??= this.#makeContext());
  }

  /** Ids of the operation's span. */
  get spanContext(): SpanContext {
    return this.#open.spanContext();
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
    this.#start.memory?.sample(bytes);
  }

  /** Ends the operation; its span and ended record carry `attributes`. A second end does nothing. Operations still open inside end with it and are marked abandoned. */
  end(outcome: Outcome = "success", attributes?: AttributesInput): void {
    this.#close(outcome, attributes === undefined ? nothingTold : cleanAttributes(attributes));
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
    parent.#folds ??= new ChildFolds(parent.#open);
    return parent.#folds.open(operationSink(), start, parentContext);
  }

  #makeContext(): Context {
    const inside = withOperation(this.#open.context, this);
    return this.kind === "workflow" && this.run !== undefined ? withRunInBaggage(inside, this.run) : inside;
  }

  #adopt(child: Operation): void {
    if (this.#outcome !== undefined) return;
    child.#previous = this.#lastChild;
    if (this.#lastChild === undefined) {
      this.#firstChild = child;
      this.#coveredSinceMs = child.startTimeMs;
    } else this.#lastChild.#next = child;
    this.#lastChild = child;
  }

  #release(child: Operation): void {
    const before = child.#previous;
    const after = child.#next;
    if (before !== undefined) before.#next = after;
    else if (this.#firstChild === child) this.#firstChild = after;
    if (after !== undefined) after.#previous = before;
    else if (this.#lastChild === child) this.#lastChild = before;
    child.#previous = undefined;
    child.#next = undefined;
    if (this.#firstChild !== undefined || this.#coveredSinceMs === 0) return;
    this.#start.coveredMs += (child.#endTimeMs ?? now()) - this.#coveredSinceMs;
    this.#coveredSinceMs = 0;
  }

  #close(outcome: Outcome, told: Attributes, message?: string): void {
    if (this.#outcome !== undefined) return;
    while (this.#firstChild !== undefined) {
      const child = this.#firstChild;
      this.#release(child);
      child.#close(outcome, abandoned);
    }
    this.#outcome = outcome;
    this.#folds?.close();
    const endTimeMs = now();
    this.#endTimeMs = endTimeMs;
    const isPlain = outcome === "success" && told === nothingTold && this.#hasNothingToTell();
    const end = isPlain
      ? plainEnd(endTimeMs)
      : fullEnd(this.#start, { outcome, endTimeMs, items: this.items, queued: this.#queued, told, message });
    this.#open.close(end);
    if (this.parent !== undefined) this.parent.#release(this);
    if (this.run !== undefined) this.#leave(this.run, end);
    tellOperation("end", this);
    if (this.kind === "workflow" && this.run !== undefined) runEnded(this.run, this, outcome);
  }

  #leave(run: Run, { outcome, record }: OperationEnd): void {
    if (record !== undefined) recordInRun(run, record, this.spanContext);
    if (this.kind === "kernel") run.summary.kernel(this.name, this.durationSeconds, !endedWell(outcome));
    else run.open.delete(this);
  }

  /** True for a kernel that counted nothing: most calls, which is why they make nothing either. */
  #hasNothingToTell(): boolean {
    return this.kind === "kernel" && this.#items === undefined && this.#queued === 0;
  }
}

const thrownMemory = createThrownMemory();
const abandoned: Attributes = { [ATTR_RUNLIGHT_OPERATION_ABANDONED]: true };
const noItems = { processed: 0, unit: "item" } as const;
