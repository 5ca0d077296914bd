import { ATTR_ERROR_TYPE, ATTR_EXCEPTION_TYPE, ATTR_RUNLIGHT_STAGE_NAME } from "@runlight/conventions/names";
import { prometheusLabel } from "../prometheus-name.ts";
import { dashboardIds } from "./dashboard-ids.ts";
import { buildDashboard } from "./dashboard.ts";
import type { ClassicDashboard } from "./dashboard.ts";
import { linesPanel, logsPanel, metricTable, recordTable, tracesPanel } from "./panels.ts";
import { chosenLogs, chosenSpans, workflow } from "./selectors.ts";
import { logql } from "./targets.ts";

const exception = prometheusLabel(ATTR_EXCEPTION_TYPE);
const errorType = prometheusLabel(ATTR_ERROR_TYPE);
const stage = prometheusLabel(ATTR_RUNLIGHT_STAGE_NAME);
const errors = `${chosenLogs} | severity_text=~"ERROR|FATAL"`;
// Hexadecimal words and numbers differ between two lines of one kind.
const pattern = '| label_format kind=`{{ regexReplaceAll "[0-9a-f]{8,}|[0-9]+" __line__ "#" }}`';

/** What was said, how much of it is bad, and which kinds of error there are. */
export function buildLogsDashboard(): ClassicDashboard {
  return buildDashboard({
    uid: dashboardIds.logs,
    title: "Runlight: logs and errors",
    description: "Log records by severity, errors by type and by pattern, and the records themselves.",
    rows: [
      {
        height: 7,
        panels: [
          linesPanel(
            { id: 1, title: "Records by severity", description: "Log records, in each interval." },
            logql(`sum by (severity_text) (count_over_time(${chosenLogs} [$__auto]))`, "{{severity_text}}"),
          ),
          linesPanel(
            { id: 2, title: "Errors by workflow", description: "Records at ERROR or FATAL, in each interval." },
            logql(`sum by (${workflow}) (count_over_time(${errors} [$__auto]))`, `{{${workflow}}}`),
          ),
        ],
      },
      {
        height: 9,
        panels: [
          metricTable(
            {
              id: 3,
              title: "Errors by type",
              description: "Records of failed operations and exceptions in the time shown.",
            },
            [
              {
                title: "Times",
                query: logql(
                  `topk(50, sum by (${workflow}, ${stage}, ${errorType}, ${exception}) (count_over_time(${errors} [$__range])))`,
                ),
              },
            ],
          ),
          metricTable(
            {
              id: 4,
              title: "Error patterns",
              description: "Lines at ERROR or FATAL in the time shown, with # for numbers and ids.",
            },
            [
              {
                title: "Times",
                query: logql(`topk(50, sum by (kind) (count_over_time(${errors} ${pattern} [$__range])))`),
              },
            ],
          ),
        ],
      },
      {
        height: 9,
        panels: [
          recordTable(
            { id: 5, title: "Errors", description: "The id leads to the run, the trace id to trace and logs." },
            errors,
            [workflow, errorType],
          ),
          tracesPanel(
            { id: 6, title: "Traces with an error", description: "Each row leads to its trace." },
            `{ ${chosenSpans} && status = error }`,
          ),
        ],
      },
      {
        height: 12,
        panels: [
          logsPanel({ id: 7, title: "Records", description: "All records; each leads to its trace." }, chosenLogs),
        ],
      },
    ],
  });
}
