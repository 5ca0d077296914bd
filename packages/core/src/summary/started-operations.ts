import {
  ATTR_RUNLIGHT_MEMORY_START,
  ATTR_RUNLIGHT_OPERATION_ATTEMPT,
  ATTR_RUNLIGHT_OPERATION_KIND,
  ATTR_RUNLIGHT_OPERATION_NAME,
} from "@runlight/conventions/names";
import { numberAt, textAt } from "./summary-event.ts";
import type { SummaryEvent } from "./summary-event.ts";

/** What the started record of an operation tells that its ended record does not. */
export interface StartedOperation {
  /** `kind name` */
  readonly text: string;
  readonly isAttempt: boolean;
  readonly memoryBytes: number | undefined;
}

/** Operations that have begun and not ended. */
export interface StartedOperations {
  add(event: SummaryEvent): void;
  /** The operation that `event` tells the end of; `undefined` where its start was not seen. */
  take(event: SummaryEvent): StartedOperation | undefined;
  /** As `kind name`, in the order they began. */
  list(): readonly string[];
}

/** Begins with none. */
export function createStartedOperations(): StartedOperations {
  // Folded operations have the span id of what is around them.
  const bySpan = new Map<string, StartedOperation[]>();
  return {
    add(event) {
      const started = {
        text: describeOperation(event),
        isAttempt: numberAt(event, ATTR_RUNLIGHT_OPERATION_ATTEMPT) !== undefined,
        memoryBytes: numberAt(event, ATTR_RUNLIGHT_MEMORY_START),
      };
      const spanId = event.spanId ?? "";
      const same = bySpan.get(spanId);
      if (same === undefined) bySpan.set(spanId, [started]);
      else same.push(started);
    },
    take(event) {
      const spanId = event.spanId ?? "";
      const same = bySpan.get(spanId);
      const text = describeOperation(event);
      const at = same?.findLastIndex((started) => started.text === text) ?? -1;
      if (same === undefined || at < 0) return undefined;
      const [started] = same.splice(at, 1);
      if (same.length === 0) bySpan.delete(spanId);
      return started;
    },
    list: () => [...bySpan.values()].flatMap((same) => same.map(({ text }) => text)),
  };
}

/** The operation a record is of, as `kind name`. */
export function describeOperation(event: SummaryEvent): string {
  return `${textAt(event, ATTR_RUNLIGHT_OPERATION_KIND)} ${textAt(event, ATTR_RUNLIGHT_OPERATION_NAME)}`;
}
