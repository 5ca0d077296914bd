import { formatCount, formatDuration, formatTime } from "@runlight/core";
import { openStore, runStatuses } from "@runlight/store";
import type { Eta, RunListing, RunStatus } from "@runlight/store";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import type { CellStyle } from "../output/style.ts";
import { renderTable } from "../output/table.ts";
import type { Column } from "../output/table.ts";
import { announceLost } from "./announce-lost.ts";
import { leftOf } from "./follow/operation-text.ts";
import { noRuns, requireSpools } from "./no-runs.ts";
import { tellNotices } from "./tell-notices.ts";

/** What `runlight runs` was asked. */
export interface ListRunsOptions {
  readonly limit: number;
  /** Statuses with commas between. */
  readonly status?: string;
  readonly json?: boolean;
}

/** Prints the runs recorded here, newest first. Throws `CommandFault` where there are none. */
export async function listRuns(invocation: Invocation, options: ListRunsOptions): Promise<void> {
  const { output } = invocation;
  const statuses = options.status === undefined ? undefined : parseStatuses(options.status);
  requireSpools(invocation);
  await announceLost(invocation);
  const store = openStore(invocation.directory);
  const listed = store.runs({ limit: options.limit, ...(statuses === undefined ? {} : { statuses }) });
  const runs = listed.map((run) => ({ ...run, eta: store.eta(run) }));
  if (options.json === true) {
    await output.write(toJsonDocument({ directory: store.directory, runs, notices: store.notices() }));
  } else if (runs.length > 0) {
    // Only runs at work have something left.
    const shown = runs.some(({ eta }) => eta !== undefined) ? columns : columns.filter((column) => column !== left);
    await output.write(renderTable(shown, runs, output));
  }
  await output.flush();
  tellNotices(invocation, store);
  if (runs.length === 0) throw statuses === undefined ? noRuns(invocation) : noneSo(invocation, statuses);
}

interface RunRow extends RunListing {
  readonly eta: Eta | undefined;
}

const left: Column<RunRow> = {
  title: "LEFT",
  text: ({ eta }) => (eta === undefined ? "-" : leftOf(eta)),
  align: "right",
  optional: true,
};

const columns: readonly Column<RunRow>[] = [
  { title: "RUN", text: ({ runId }) => runId },
  { title: "WORKFLOW", text: ({ workflow }) => workflow, flexible: true },
  { title: "STATUS", text: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: "STARTED", text: ({ startTime }) => formatTime(Date.parse(startTime)) },
  { title: "DURATION", text: ({ durationSeconds }) => formatDuration(durationSeconds), align: "right" },
  {
    title: "STAGES",
    text: stagesText,
    align: "right",
    optional: true,
    style: ({ stages }) => (stages.failed > 0 ? "bad" : undefined),
  },
  { title: "PROGRESS", text: progressText, align: "right", optional: true },
  left,
  { title: "HOST", text: ({ host, pid }) => `${host}:${pid}`, flexible: true, optional: true, style: () => "quiet" },
];

function statusStyle(status: RunStatus): CellStyle {
  switch (status) {
    case "running":
      return "active";
    case "success":
      return "good";
    case "skip":
      return "quiet";
    case "cancellation":
    case "silent":
      return "warning";
    case "error":
    case "failure":
    case "lost":
    case "timeout":
      return "bad";
  }
}

function stagesText({ stages: { done, failed, open } }: RunListing): string {
  const parts = [formatCount(done), ...(open > 0 ? [`${formatCount(open)} open`] : [])];
  return [...parts, ...(failed > 0 ? [`${formatCount(failed)} failed`] : [])].join(", ");
}

function progressText({ progress }: RunListing): string {
  if (progress === undefined) return "-";
  const total = progress.total === undefined ? "" : `/${formatCount(progress.total)}`;
  return `${formatCount(progress.done)}${total} ${progress.unit ?? ""}`.trimEnd();
}

function parseStatuses(text: string): readonly RunStatus[] {
  return text.split(",").map((name) => {
    const status = runStatuses.find((known) => known === name.trim());
    if (status !== undefined) return status;
    throw new CommandFault(`--status must be some of ${runStatuses.join(", ")}, current value is ${name}`, 2);
  });
}

function noneSo({ directory }: Invocation, statuses: readonly RunStatus[]): CommandFault {
  return new CommandFault(`no runs with status ${statuses.join(" or ")} in ${directory}`, 1);
}
