import { renderRunSummary } from "@runlight/core";
import type { RunListing, RunStatus, Store } from "@runlight/store";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { printableValues } from "../output/printable.ts";
import { announceLost } from "./announce-lost.ts";
import { requireSpools } from "./no-runs.ts";
import { openRun } from "./open-run.ts";
import { tellNotices } from "./tell-notices.ts";

/** What `runlight show` was asked. */
export interface ShowRunOptions {
  readonly json?: boolean;
  readonly follow?: boolean;
}

/** Prints what one run did; with `follow` what it does, until it has ended. */
export async function showRun(invocation: Invocation, reference: string, options: ShowRunOptions): Promise<void> {
  if (options.follow === true) {
    if (options.json === true) throw new CommandFault("--json must be left out with --follow", 2);
    const { followRun } = await import("./follow/follow-run.ts");
    return followRun(invocation, reference);
  }
  const { output } = invocation;
  requireSpools(invocation);
  await announceLost(invocation);
  const { store, run } = openRun(invocation, reference);
  if (options.json === true) {
    await output.write(toJsonDocument({ ...store.summary(run), eta: store.eta(run) }));
    await output.flush();
  } else {
    await printPage(invocation, store, run);
  }
  tellNotices(invocation, store);
}

/** Prints the page of a run as it stands now, and gives how it stands. */
export async function printRun(
  invocation: Invocation,
  { store, reference }: { readonly store: Store; readonly reference: string },
): Promise<RunStatus> {
  const { run } = openRun(invocation, reference);
  await printPage(invocation, store, run);
  return run.status;
}

async function printPage({ output }: Invocation, store: Store, run: RunListing): Promise<void> {
  const width = output.width === undefined ? {} : { width: output.width };
  await output.write(renderRunSummary(printableValues(store.summary(run)), { colour: output.colour, ...width }));
  await output.flush();
}
