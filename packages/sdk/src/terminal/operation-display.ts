import type { WatchedOperation } from "./watched-operation.ts";

/** One way to show operations. */
export interface OperationDisplay {
  started(operation: WatchedOperation): void;
  progressed(operation: WatchedOperation): void;
  ended(operation: WatchedOperation): void;
  /** Writes text that stays. */
  print(text: string): void;
  stop(): void;
}
