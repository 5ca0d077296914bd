import { CommandFault } from "../command-fault.ts";
import type { DrillRow } from "../drill/drill-row.ts";
import { drilledAlerts, runDrill } from "../drill/run-drill.ts";
import { notDrilled } from "../drill/scenarios/all-scenarios.ts";
import type { Invocation } from "../invocation.ts";
import { toJsonDocument } from "../output/json-output.ts";
import { renderTable } from "../output/table.ts";
import type { Column } from "../output/table.ts";

const interrupted = 130;

/** What a drill was asked. */
export interface DrillOptions {
  readonly portOffset: number;
  /** Names of alerts. Default: all that can be drilled. */
  readonly only?: readonly string[];
  readonly json?: boolean;
}

/** Makes alerts happen in a stack of its own and prints how long each page took. Throws `CommandFault` with exit code 1 when one did not come or not go. */
export async function drillAlerts({ output, tell }: Invocation, options: DrillOptions): Promise<void> {
  const { only, portOffset, json } = options;
  const unknown = only?.filter((alert) => !drilledAlerts.includes(alert)) ?? [];
  if (unknown.length > 0) {
    throw new CommandFault(
      `Cannot drill: --only must name some of ${drilledAlerts.join(",")}, current value is ${unknown.join(",")}`,
      2,
    );
  }
  const rows = await runUntilInterrupted(tell, (signal) => {
    return runDrill({ ...(only === undefined ? {} : { only }), portOffset, signal, tell });
  });
  if (rows === undefined) {
    process.exitCode = interrupted;
    return;
  }
  await output.write(
    json === true ? toJsonDocument({ rows: rows.map(documentOf), notDrilled }) : renderTable(columns, rows, output),
  );
  if (json !== true && only === undefined) {
    for (const [alert, reason] of Object.entries(notDrilled)) await output.write(`not drilled: ${alert}, ${reason}\n`);
  }
  await output.flush();
  const failed = rows.filter(({ passed }) => !passed);
  if (failed.length > 0)
    throw new CommandFault(`no page, or no end, in time: ${failed.map(({ alert }) => alert).join(", ")}`, 1);
}

/** Nothing when a signal came; what it started is ended by then. A second signal ends this process at once. */
async function runUntilInterrupted<T>(
  tell: (line: string) => void,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    tell("ending what was started");
    interruption.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const result = await run(interruption.signal);
    return interruption.signal.aborted ? undefined : result;
  } catch (error) {
    if (interruption.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** With every key, whatever came of it. */
function documentOf(row: DrillRow): Readonly<Record<keyof DrillRow, unknown>> {
  const { alert, cause, mailSeconds, webhookSeconds, resolvedSeconds, end, silencedBy, impossible, passed } = row;
  return { alert, cause, mailSeconds, webhookSeconds, resolvedSeconds, end, silencedBy, impossible, passed };
}

const columns: readonly Column<DrillRow>[] = [
  { title: "ALERT", text: ({ alert }) => alert },
  { title: "WHAT HAPPENED", text: ({ cause }) => cause, flexible: true },
  { title: "MAIL", text: ({ mailSeconds, ...row }) => pageText(mailSeconds, row), align: "right" },
  { title: "WEBHOOK", text: ({ webhookSeconds, ...row }) => pageText(webhookSeconds, row), align: "right" },
  { title: "RESOLVED", text: endText, align: "right" },
];

function pageText(seconds: number | undefined, { impossible, silencedBy }: Partial<DrillRow>): string {
  if (seconds !== undefined) return `${seconds.toFixed(1)} s`;
  if (impossible !== undefined) return "-";
  return silencedBy === undefined ? "none" : "silenced";
}

function endText({ end, impossible, silencedBy, resolvedSeconds }: DrillRow): string {
  if (impossible !== undefined) return impossible;
  if (end === "never") return "never";
  if (silencedBy !== undefined) return `silenced by ${silencedBy}`;
  return resolvedSeconds === undefined ? "none" : `${resolvedSeconds.toFixed(1)} s`;
}
