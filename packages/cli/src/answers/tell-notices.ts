import type { Store } from "@runlight/store";
import type { Invocation } from "../invocation.ts";

/** Tells what could not be read, a line each, beside the answer. */
export function tellNotices({ tell }: Invocation, store: Store): void {
  for (const { path, message } of store.notices()) tell(`${path}: ${message}`);
}
