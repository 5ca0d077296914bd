import type { Scenario } from "../scenario.ts";
import { flightScenarios } from "./flights.ts";
import { hostScenarios } from "./host.ts";
import { promiseScenarios } from "./promises.ts";
import { queueScenarios } from "./queues.ts";
import { runScenarios } from "./runs.ts";
import { telemetryScenarios } from "./telemetry.ts";
import { watcherScenarios } from "./watchers.ts";

/** Everything that is made to go wrong: the first together, then those that must be alone in this order. */
export const scenarios: readonly Scenario[] = [
  ...runScenarios,
  ...flightScenarios,
  ...telemetryScenarios,
  ...hostScenarios,
  ...queueScenarios,
  ...promiseScenarios,
  ...watcherScenarios,
];

/** Alerts that are not made to happen, and why. A test holds that every alert is here or in a scenario. */
export const notDrilled: Readonly<Record<string, string>> = {};
