import { awaitEnd, awaitPage } from "./await-page.ts";
import type { PageTimes } from "./await-page.ts";
import { createDrillJobs } from "./drill-jobs.ts";
import type { DrillRow } from "./drill-row.ts";
import type { Drill, DrilledAlert, Mishap, Scenario } from "./scenario.ts";

/** How long pages, and their ends, are waited for. */
const patienceMs = 180_000;

/** What scenarios need, but for the programs that each starts itself. */
export type DrillGround = Omit<Drill, "startJob">;

/** A scenario with those of its alerts that were asked for. */
export interface ChosenScenario {
  readonly scenario: Scenario;
  readonly alerts: readonly DrilledAlert[];
  /** Tells what goes on. */
  readonly tell: (line: string) => void;
}

/** Makes a scenario happen, waits for its pages, mends it and waits for their ends; one row for each alert. */
export async function runScenario(ground: DrillGround, chosen: ChosenScenario): Promise<readonly DrillRow[]> {
  const { scenario, alerts, tell } = chosen;
  await using jobs = createDrillJobs({ ...ground.stack, tell });
  const drill: Drill = { ...ground, startJob: (misbehaviour, options) => jobs.start(misbehaviour, options) };
  tell(scenario.cause);
  const begun = await scenario.begin(drill);
  if ("impossible" in begun) {
    const { impossible } = begun;
    return alerts.map(({ alert }) => ({ alert, cause: scenario.cause, impossible, passed: true }));
  }
  try {
    return await followMishap(drill, chosen, begun);
  } finally {
    await begun.clear?.();
  }
}

async function followMishap(
  drill: Drill,
  { scenario, alerts, tell }: ChosenScenario,
  mishap: Mishap,
): Promise<readonly DrillRow[]> {
  const { beganMs } = mishap;
  const within = AbortSignal.any([drill.signal, AbortSignal.timeout(patienceMs)]);
  const came = await Promise.all(
    alerts.map(async (alert) => {
      const silencer = alerts.find((other) => other.alert === alert.silencedBy)?.alert;
      const times = await awaitPage(drill, { alert, sinceMs: beganMs, silencer, signal: within });
      tell(
        `${alert.alert} ${times.webhookMs === undefined ? "paged nobody" : `paged after ${secondsSince(beganMs, times.webhookMs)} s`}`,
      );
      return { alert, silencer, times };
    }),
  );
  const mendedMs = Date.now();
  // Mended only when every page was waited for: they have one mishap.
  await mishap.mend?.();
  const patience = AbortSignal.any([drill.signal, AbortSignal.timeout(patienceMs)]);
  return Promise.all(
    came.map(async ({ alert, silencer, times }) => {
      const known = { alert: alert.alert, cause: scenario.cause, ...inSeconds(beganMs, times) };
      const isThere = times.mailMs !== undefined && times.webhookMs !== undefined;
      if (alert.expects === "beat") return { ...known, end: "never" as const, passed: isThere };
      if (silencer !== undefined) {
        const passed = times.silencedBy !== undefined && (isThere || alert.expects === "mute");
        return { ...known, end: "silenced" as const, passed };
      }
      const sinceMs = alert.expects === "missed beats" ? mendedMs : (times.webhookMs ?? mendedMs);
      const endMs = times.webhookMs === undefined ? undefined : await awaitEnd(drill, alert, sinceMs, patience);
      if (endMs === undefined) return { ...known, passed: false };
      tell(`${alert.alert} ended`);
      return { ...known, resolvedSeconds: secondsSince(mendedMs, endMs), passed: isThere };
    }),
  );
}

function inSeconds(beganMs: number, { mailMs, webhookMs, silencedBy }: PageTimes): Partial<DrillRow> {
  return {
    ...(mailMs === undefined ? {} : { mailSeconds: secondsSince(beganMs, mailMs) }),
    ...(webhookMs === undefined ? {} : { webhookSeconds: secondsSince(beganMs, webhookMs) }),
    ...(silencedBy === undefined ? {} : { silencedBy }),
  };
}

function secondsSince(fromMs: number, toMs: number): number {
  return Math.max(0, Math.round((toMs - fromMs) / 100) / 10);
}
