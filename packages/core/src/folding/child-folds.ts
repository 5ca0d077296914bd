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
  open(sink: OperationSink, start: OperationStart, parent: Context): OpenOperation;
  /** Writes what the folds have to tell, when the operation ends. */
  close(): void;
}

/** Creates the counts of one operation, whose span is `spanContext`. Workflows are never folded. */
export function createChildFolds(spanContext: OpenOperation["spanContext"]): ChildFolds {
  const counts = new Map<string, number>();
  const folds = new Map<string, Fold>();
  return {
    open(sink, start, parent) {
      const key = `${start.kind} ${start.name}`;
      const count = (counts.get(key) ?? 0) + 1;
      if (count > 1 || counts.size < maxFoldedNames) counts.set(key, count);
      if (start.kind === "workflow" || count <= sharedState().maxSameChildren) return sink.open(start, parent);
      let fold = folds.get(key);
      if (fold === undefined) folds.set(key, (fold = createFold(sink, spanContext)));
      return fold.open(start, parent);
    },
    close() {
      for (const fold of folds.values()) fold.close();
      folds.clear();
    },
  };
}
