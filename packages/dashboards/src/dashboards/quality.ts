import {
  ATTR_RUNLIGHT_CHECK_NAME,
  ATTR_RUNLIGHT_CHECK_OUTCOME,
  ATTR_RUNLIGHT_CHECK_VALUE,
  ATTR_RUNLIGHT_OPERATION_KIND,
  EVENT_DATA_QUALITY_CHECK,
  METRIC_RUNLIGHT_DATA_QUALITY_CHECKS,
} from "@runlight/conventions/names";
import { prometheusLabel, prometheusName } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, metricTable, recordTable, statPanel, tracesPanel } from "./panels.ts";
import { chosen, chosenLogs, chosenSpans, withEvent, workflow } from "./selectors.ts";
import { logql, promql } from "./targets.ts";

const check = prometheusLabel(ATTR_RUNLIGHT_CHECK_NAME);
const outcome = prometheusLabel(ATTR_RUNLIGHT_CHECK_OUTCOME);
const checks = prometheusName(METRIC_RUNLIGHT_DATA_QUALITY_CHECKS);
const records = `${chosenLogs} | ${withEvent(EVENT_DATA_QUALITY_CHECK)}`;

/** Whether the data was as it should be: checks by outcome, their values over time, and what did not pass. */
export function buildQualityDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.quality,
    title: "Runlight: data quality",
    description: "Data-quality checks: how many passed, which did not, and their values over time.",
    rows: [
      {
        height: 4,
        panels: [
          statPanel(
            { id: 1, title: "Checks", description: "Checks made in the time shown." },
            promql(`sum(increase(${checks}{${chosen}}[$__range] anchored))`),
          ),
          statPanel(
            {
              id: 2,
              title: "Passed",
              description: "Part of the checks of the time shown that passed.",
              unit: "percentunit",
            },
            promql(
              `sum(increase(${checks}{${chosen},${outcome}="pass"}[$__range] anchored)) / (sum(increase(${checks}{${chosen}}[$__range] anchored)) > 0)`,
            ),
            { redBelow: 0.95 },
          ),
          statPanel(
            { id: 3, title: "Failed", description: "Checks that failed in the time shown." },
            promql(`sum(increase(${checks}{${chosen},${outcome}="failure"}[$__range] anchored)) or vector(0)`),
            { redAbove: 1 },
          ),
        ],
      },
      {
        height: 9,
        panels: [
          metricTable({ id: 4, title: "Checks by outcome", description: "In the time shown." }, [
            {
              title: "Times",
              query: promql(
                `sum by (${workflow}, ${check}, ${outcome}) (increase(${checks}{${chosen}}[$__range] anchored)) > 0`,
              ),
            },
          ]),
          linesPanel(
            { id: 5, title: "Values", description: "The mean value that each check saw." },
            logql(
              `avg by (${check}) (avg_over_time(${records} | unwrap ${prometheusLabel(ATTR_RUNLIGHT_CHECK_VALUE)} [$__auto]))`,
              `{{${check}}}`,
            ),
          ),
        ],
      },
      {
        height: 9,
        panels: [
          recordTable(
            {
              id: 6,
              title: "What did not pass",
              description: "Warnings and failures: the id leads to the run, the trace id to trace and logs.",
            },
            `${records} | ${outcome}=~"warning|failure"`,
            [workflow, check, outcome],
          ),
          tracesPanel(
            { id: 7, title: "Traces of runs", description: "Each row leads to the run's trace." },
            `{ ${chosenSpans} && span.${ATTR_RUNLIGHT_OPERATION_KIND} = "workflow" }`,
          ),
        ],
      },
    ],
  });
}
