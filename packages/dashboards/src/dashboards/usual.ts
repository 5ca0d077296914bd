import { recorded } from "../bands/signals.ts";
import type { ContinuousSignal } from "../bands/signals.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import type { UnplacedPanel } from "./layout.ts";
import { linesPanel } from "./panels.ts";
import type { PanelText } from "./panels.ts";
import { operation, workflow } from "./selectors.ts";
import { promql } from "./targets.ts";

/** What goes on all day, with the band of what was usual at this hour on other days. */
export function buildUsualDashboard(): ClassicDashboard {
  const band = "The band is that of this hour yesterday and a week ago; it begins with the second week.";
  return buildDashboard({
    uid: dashboardIds.usual,
    title: "Runlight: what is usual",
    description:
      "Queues, throughput and failures, each with the band of what is usual at this hour, by yesterday and last week.",
    rows: [
      {
        height: 10,
        panels: [
          bandPanel(
            { id: 1, title: "Waiting in queues", description: `Pipelines that wait. ${band}` },
            "queued",
            `{{${operation}}}`,
          ),
        ],
      },
      {
        height: 10,
        panels: [
          bandPanel(
            { id: 2, title: "Items processed", description: `Items a second, by stage. ${band}`, unit: "cps" },
            "items",
            `{{${workflow}}} {{${operation}}}`,
          ),
        ],
      },
      {
        height: 10,
        panels: [
          bandPanel(
            { id: 3, title: "Failed stages", description: `Stages a second that failed. ${band}`, unit: "cps" },
            "failures",
            `{{${workflow}}}`,
          ),
        ],
      },
    ],
  });
}

function bandPanel(text: PanelText, signal: ContinuousSignal["name"], name: string): UnplacedPanel {
  const matchers = `{signal="${signal}",service_name=~"$service",${workflow}=~"$workflow"}`;
  return linesPanel(
    text,
    promql(`${recorded.value}${matchers}`, name),
    promql(`${recorded.upper}${matchers}`, `${name}, upper bound`),
    promql(`${recorded.lower}${matchers}`, `${name}, lower bound`),
  );
}
