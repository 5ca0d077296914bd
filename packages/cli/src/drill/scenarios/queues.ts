import { serviceWithItems, serviceWithQueue } from "../drill-history.ts";
import type { Scenario } from "../scenario.ts";
import { startUntilMended } from "./start-until-mended.ts";

/** Queues that grow, and work that is not what it was at this hour of other days. */
export const queueScenarios: readonly Scenario[] = [
  {
    cause: "a queue takes ten pipelines a second, and nobody works",
    alerts: [{ alert: "RunlightQueueGrowing", subject: "drill-queue-growing" }],
    begin: (drill) => startUntilMended(drill, "queue-growing"),
  },
  {
    cause: "a queue cannot be asked",
    alerts: [{ alert: "RunlightQueueUnread", subject: "drill-queue-unread" }],
    begin: (drill) => startUntilMended(drill, "queue-unread"),
  },
  {
    cause: "500 pipelines wait where few did at this hour of other days",
    alerts: [{ alert: "RunlightAboveUsual", subject: serviceWithQueue }],
    begin: (drill) => startUntilMended(drill, "crowded", { service: serviceWithQueue }),
  },
  {
    cause: "five items a second are processed where a hundred were",
    alerts: [{ alert: "RunlightBelowUsual", subject: serviceWithItems }],
    begin: (drill) => startUntilMended(drill, "idle", { service: serviceWithItems }),
  },
];
