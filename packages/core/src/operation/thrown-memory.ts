import type { Operation } from "./operation.ts";

/** Remembers what was thrown, so that an error passing through nested operations is told once. */
export interface ThrownMemory {
  /** True when no operation inside `operation` has told `thrown` already. */
  firstSeen(thrown: unknown, operation: Operation): boolean;
}

/** Objects are remembered weakly; other values by the parent that will see them next. */
export function createThrownMemory(): ThrownMemory {
  const objects = new WeakSet<object>();
  const passing = new WeakMap<Operation, unknown>();
  return {
    firstSeen(thrown, operation) {
      if (typeof thrown === "object" && thrown !== null) {
        if (objects.has(thrown)) return false;
        objects.add(thrown);
        return true;
      }
      const first = !(passing.has(operation) && Object.is(passing.get(operation), thrown));
      if (operation.parent !== undefined) passing.set(operation.parent, thrown);
      return first;
    },
  };
}
