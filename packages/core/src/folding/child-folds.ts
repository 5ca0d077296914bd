import type { Context } from "@opentelemetry/api";
import { sharedState } from "../shared-state.ts";
import type { OpenOperation, OperationSink, OperationStart } from "../sink/operation-sink.ts";
import { createFold } from "./fold.ts";
import type { Fold } from "./fold.ts";

/** Most distinct names of children that one operation counts; further names are not folded. */
export const maxFoldedNames = 1000;

/** Counts an operation's children by kind and name, and folds those past the bound. */
export interface ChildFolds {
  /** Opens a child: with a span of its own up to the bound, folded beyond. */
  open(sink: OperationSink, start: OperationStart, context: Context): OpenOperation;
  /** Writes what the folds have to tell, when the operation ends. */
  close(): void;
}

/** Children of one kind and name. */
interface Same {
  count: number;
  fold: Fold | undefined;
}

/** Creates the counts of one operation, which is open as `parent`. Workflows are never folded. */
export function createChildFolds(parent: OpenOperation): ChildFolds {
  const folds: Fold[] = [];
  const kinds = new Map<string, Map<string, Same>>();
  let names = 0;

  function sameOf({ kind, name }: OperationStart): Same {
    let same = kinds.get(kind);
    if (same === undefined) kinds.set(kind, (same = new Map<string, Same>()));
    let found = same.get(name);
    if (found === undefined) {
      found = { count: 0, fold: undefined };
      if (++names <= maxFoldedNames) same.set(name, found);
    }
    return found;
  }

  return {
    open(sink, start, context) {
      const same = sameOf(start);
      same.count += 1;
      if (start.kind === "workflow" || same.count <= sharedState().maxSameChildren) return sink.open(start, context);
      if (same.fold === undefined) folds.push((same.fold = createFold(sink, parent)));
      return same.fold.open(start, context);
    },
    close() {
      for (const fold of folds.splice(0)) fold.close();
    },
  };
}
