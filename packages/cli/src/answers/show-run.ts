import { renderRunSummary } from "@runlight/core";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { printableValues } from "../output/printable.ts";
import { announceLost } from "./announce-lost.ts";
import { requireSpools } from "./no-runs.ts";
import { openRun } from "./open-run.ts";
import { tellNotices } from "./tell-notices.ts";

/** Prints what one run did. */
export async function showRun(
  invocation: Invocation,
  reference: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const { output } = invocation;
  requireSpools(invocation);
  await announceLost(invocation);
  const { store, run } = openRun(invocation, reference);
  const summary = store.summary(run);
  if (options.json === true) {
    await output.write(toJsonDocument(summary));
  } else {
    const width = output.width === undefined ? {} : { width: output.width };
    await output.write(renderRunSummary(printableValues(summary), { colour: output.colour, ...width }));
  }
  await output.flush();
  tellNotices(invocation, store);
}
