/** Workflows that promise much, little and nothing. */
import { defineWorkflow } from "@runlight/sdk";

const nothing = (): void => undefined;

export const nightly = defineWorkflow(
  { name: "nightly", schedule: "0 2 * * *", timeZone: "UTC", maxDuration: "2h", minItems: 1000, receiver: "mail" },
  nothing,
);
export const onWeekdays = defineWorkflow(
  { name: "on weekdays", schedule: "30 6 * * 1-5", timeZone: "Europe/Berlin", maxDuration: "90m" },
  nothing,
);
export const quoted = defineWorkflow({ name: 'the "big" report\\weekly', freshness: "8d", minItems: 1 }, nothing);
export const eachMinute = defineWorkflow({ name: "each minute", schedule: "* * * * *", maxDuration: "30s" }, nothing);
export const ofDays = defineWorkflow({ name: "of days", maxDuration: "3d", receiver: "webhook" }, nothing);
export const free = defineWorkflow({ name: "free" }, nothing);
