import { setTimeout as delay } from "node:timers/promises";
import { CommandFault } from "../command-fault.ts";
import { startDrillStack } from "../drill/drill-stack.ts";
import type { DrillStack } from "../drill/drill-stack.ts";
import { endStuck, exercises } from "../drill/exercises.ts";
import type { Exercise } from "../drill/exercises.ts";
import { startPager } from "../drill/pager.ts";
import type { Page, Pager } from "../drill/pager.ts";
import type { Invocation } from "../invocation.ts";
import { renderTable } from "../output/table.ts";
import type { Column } from "../output/table.ts";

const patienceMs = 90_000;
const pollIntervalMs = 100;

/** What a drill was asked. */
export interface DrillOptions {
  readonly portOffset: number;
  /** Names of alerts. Default: all that can be drilled. */
  readonly only?: readonly string[];
}

interface Row {
  readonly exercise: Exercise;
  readonly mail: number | undefined;
  readonly webhook: number | undefined;
  readonly resolved: number | undefined;
}

/** Makes alerts happen in a stack of its own and prints how long each page took. Throws `CommandFault` with exit code 1 when one did not come or not go. */
export async function drillAlerts({ output, tell }: Invocation, options: DrillOptions): Promise<void> {
  const chosen = exercises.filter(({ alert }) => options.only?.includes(alert) ?? true);
  if (chosen.length === 0) {
    throw new CommandFault(
      `Cannot drill: --only must name some of ${exercises.map(({ alert }) => alert).join(",")}, current value is ${String(options.only)}`,
      2,
    );
  }
  await using pager = await startPager();
  await using stack = await startDrillStack(pager, options.portOffset, tell);
  const rows: Row[] = [];
  try {
    for (const exercise of chosen) {
      tell(`${exercise.alert}: ${exercise.misbehaviour}`);
      rows.push(await drill(exercise, stack, pager));
    }
  } finally {
    await endStuck();
  }
  await output.write(renderTable(columns, rows, output));
  await output.flush();
  const missing = rows.filter(
    ({ exercise, mail, webhook, resolved }) =>
      mail === undefined || webhook === undefined || (resolved === undefined && exercise.ends === undefined),
  );
  if (missing.length > 0) {
    throw new CommandFault(
      `no page, or no end, in ${patienceMs / 1000} s: ${missing.map(({ exercise }) => exercise.alert).join(", ")}`,
      1,
    );
  }
}

async function drill(exercise: Exercise, stack: DrillStack, pager: Pager): Promise<Row> {
  const before = pager.pages.length;
  const beganMs = await exercise.begin(stack);
  const seconds = async (way: Page["way"], status: Page["status"], from: number): Promise<number | undefined> => {
    // What fires all the time may have come before anybody asked.
    const first = exercise.ends === "never" ? 0 : before;
    const page = await waitForPage(
      pager,
      (candidate, index) =>
        index >= first && candidate.alert === exercise.alert && candidate.way === way && candidate.status === status,
    );
    return page === undefined ? undefined : Math.max(0, page.timeMs - from) / 1000;
  };
  const [mail, webhook] = await Promise.all([
    seconds("mail", "firing", beganMs),
    seconds("webhook", "firing", beganMs),
  ]);
  if (exercise.ends !== undefined || webhook === undefined) return { exercise, mail, webhook, resolved: undefined };
  const mendedMs = Date.now();
  await exercise.mend?.(stack);
  return { exercise, mail, webhook, resolved: await seconds("webhook", "resolved", mendedMs) };
}

async function waitForPage(pager: Pager, matches: (page: Page, index: number) => boolean): Promise<Page | undefined> {
  for (const deadlineMs = Date.now() + patienceMs; Date.now() < deadlineMs; await delay(pollIntervalMs)) {
    const page = pager.pages.find(matches);
    if (page !== undefined) return page;
  }
  return undefined;
}

const columns: readonly Column<Row>[] = [
  { title: "ALERT", text: ({ exercise }) => exercise.alert },
  { title: "WHAT HAPPENED", text: ({ exercise }) => exercise.misbehaviour, flexible: true },
  { title: "MAIL", text: ({ mail }) => inSeconds(mail), align: "right" },
  { title: "WEBHOOK", text: ({ webhook }) => inSeconds(webhook), align: "right" },
  {
    title: "RESOLVED",
    text: ({ exercise, resolved }) => exercise.ends ?? inSeconds(resolved),
    align: "right",
  },
];

function inSeconds(seconds: number | undefined): string {
  return seconds === undefined ? "none" : `${seconds.toFixed(1)} s`;
}
