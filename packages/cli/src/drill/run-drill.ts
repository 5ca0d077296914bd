import { setTimeout as delay } from "node:timers/promises";
import { startBrokenReceivers } from "./broken-receivers.ts";
import { measureRooms } from "./drill-rooms.ts";
import type { DrillRow } from "./drill-row.ts";
import { startDrillStack } from "./drill-stack.ts";
import { startPager } from "./pager.ts";
import { runScenario } from "./run-scenario.ts";
import type { ChosenScenario, DrillGround } from "./run-scenario.ts";
import { scenarios } from "./scenarios/all-scenarios.ts";

/** Programs that begin at once would slow each other down. */
const staggerMs = 1000;

/** How a drill is run. */
export interface DrillSettings {
  /** Names of alerts. Default: all. */
  readonly only?: readonly string[];
  readonly portOffset: number;
  /** Ends the drill: what it started is ended, and `DrillRow`s of what was under way do not pass. */
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** Names of the alerts that a drill can make happen. */
export const drilledAlerts: readonly string[] = [
  ...new Set(scenarios.flatMap(({ alerts }) => alerts.map(({ alert }) => alert))),
];

/** Makes alerts happen in a stack of its own, and gives how each came out, in the order of the scenarios. */
export async function runDrill({ only, portOffset, signal, tell }: DrillSettings): Promise<readonly DrillRow[]> {
  const chosen = scenarios
    .map((scenario) => ({
      scenario,
      alerts: scenario.alerts.filter(({ alert }) => only?.includes(alert) ?? true),
      tell,
    }))
    // What is only seen to be silent tells nothing without what silences it.
    .filter(({ alerts }) => alerts.some(({ expects }) => expects !== "mute"));
  const rooms = measureRooms();
  await using pager = await startPager();
  await using broken = await startBrokenReceivers();
  const { smtpPort, webhookUrl } = pager;
  const receivers = { smtpPort, webhookUrl, broken: { ...broken, service: "drill-unheard" }, quiet: false };
  await using stack = await startDrillStack({ receivers, rooms, portOffset, signal, tell });
  const ground: DrillGround = { stack, pager, rooms, signal };
  const together = chosen.filter(({ scenario }) => scenario.alone === undefined);
  const outcomes = await Promise.all(together.map((one, index) => runLater(ground, one, index * staggerMs)));
  for (const one of chosen.filter(({ scenario }) => scenario.alone === true)) {
    outcomes.push(await runLater(ground, one, 0));
  }
  return outcomes.flat();
}

async function runLater(ground: DrillGround, chosen: ChosenScenario, afterMs: number): Promise<readonly DrillRow[]> {
  await delay(afterMs, undefined, { signal: ground.signal }).catch(() => undefined);
  if (!ground.signal.aborted) return runScenario(ground, chosen);
  return chosen.alerts.map(({ alert }) => ({ alert, cause: chosen.scenario.cause, passed: false }));
}
