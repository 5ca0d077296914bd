import type { Context } from "@opentelemetry/api";
import type { OperationKind } from "@runlight/conventions/names";
import { sharedState } from "../shared-state.ts";
import type { OpenOperation, OperationSink, OperationStart } from "../sink/operation-sink.ts";
import { createFold } from "./fold.ts";
import type { Fold } from "./fold.ts";

/** Most distinct names of children that one operation counts; further names are not folded. */
export const maxFoldedNames = 1000;

/** Children of one kind and name. */
interface Same {
  readonly kind: OperationKind;
  readonly name: string;
  count: number;
  fold: Fold | undefined;
}

/**
 * Counts an operation's children by kind and name, and folds those past the bound. Workflows are never folded. Hot path: each child asks, and most
 * operations have children of few names, one after the other.
 */
export class ChildFolds {
  readonly #parent: OpenOperation;
  #last: Same | undefined;
  /** Undefined while there was one name only. */
  #names: Map<OperationKind, Map<string, Same>> | undefined;
  #nameCount = 0;
  #folds: Fold[] | undefined;

  /** `parent`: the open operation whose children they are. */
  constructor(parent: OpenOperation) {
    this.#parent = parent;
  }

  /** Opens a child: with a span of its own up to the bound, folded beyond. */
  open(sink: OperationSink, start: OperationStart, context: Context): OpenOperation {
    const same = this.#sameOf(start.kind, start.name);
    same.count += 1;
    if (start.kind === "workflow" || same.count <= sharedState().maxSameChildren) return sink.open(start, context);
    if (same.fold === undefined) (this.#folds ??= []).push((same.fold = createFold(sink, this.#parent)));
    return same.fold.open(start, context);
  }

  /** Writes what the folds have to tell, when the operation ends. */
  close(): void {
    const folds = this.#folds;
    this.#folds = undefined;
    if (folds !== undefined) for (const fold of folds) fold.close();
  }

  #sameOf(kind: OperationKind, name: string): Same {
    const last = this.#last;
    if (last !== undefined && last.name === name && last.kind === kind) return last;
    const known = this.#names?.get(kind)?.get(name);
    if (known !== undefined) return (this.#last = known);
    const same = { kind, name, count: 0, fold: undefined };
    if (this.#nameCount >= maxFoldedNames) return same;
    this.#nameCount += 1;
    if (last !== undefined) {
      if (this.#names === undefined) keep((this.#names = new Map<OperationKind, Map<string, Same>>()), last);
      keep(this.#names, same);
    }
    return (this.#last = same);
  }
}

function keep(names: Map<OperationKind, Map<string, Same>>, same: Same): void {
  let ofKind = names.get(same.kind);
  if (ofKind === undefined) names.set(same.kind, (ofKind = new Map<string, Same>()));
  ofKind.set(same.name, same);
}
