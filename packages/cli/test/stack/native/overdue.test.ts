import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { renderWorkflowFiles } from "@runlight/dashboards";
import { temporaryDirectory } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { buildStack, buildTimeoutMs, builtExecutable } from "./built-stack.ts";

const run = promisify(execFile);
const timeout = 240_000;
const labels = 'service_name="etl",service_instance_id="a",workflow_definition_name="monthly"';
const count = `workflow_execution_duration_seconds_count{${labels},workflow_execution_outcome="success"}`;
const failures = `workflow_execution_duration_seconds_count{${labels},workflow_execution_outcome="failure"}`;
/** Hours after which a monthly workflow is overdue: 31 days and one of grace. */
const overdueHours = 745;

beforeAll(buildStack, buildTimeoutMs);

interface Case {
  readonly series: Readonly<Record<string, string>>;
  readonly atHours: number;
  readonly fires: boolean;
}

/** Lets `promtool` judge the rules of a workflow that is due each month by samples of an hour. */
async function judge({ series, atHours, fires }: Case): Promise<string> {
  using directory = temporaryDirectory();
  for (const { path, text } of renderWorkflowFiles([{ name: "monthly", schedule: "0 2 1 * *", timeZone: "UTC" }])) {
    mkdirSync(dirname(join(directory.path, path)), { recursive: true });
    writeFileSync(join(directory.path, path), text);
  }
  const own = {
    rule_files: ["rules/workflow-monthly.yaml"],
    evaluation_interval: "1h",
    tests: [
      {
        interval: "1h",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: 'count(ALERTS{alertname="RunlightRunOverdue",alertstate="firing"}) or vector(0)',
            eval_time: `${atHours}h`,
            exp_samples: [{ labels: "{}", value: fires ? 1 : 0 }],
          },
        ],
      },
    ],
  };
  const file = join(directory.path, "own.yaml");
  writeFileSync(file, JSON.stringify(own));
  const { stdout } = await run(builtExecutable("prometheus", "promtool"), ["test", "rules", file], { timeout });
  return stdout.trim();
}

test.each<readonly [string, Case]>([
  [
    "fires 31 days after the last good end of a process that lives on",
    { series: { [count]: "1x20 2x900" }, atHours: 21 + overdueHours + 2, fires: true },
  ],
  ["does not fire before that", { series: { [count]: "1x20 2x900" }, atHours: 21 + overdueHours - 2, fires: false }],
  [
    "does not fire after a good end in a process that lives on for months",
    { series: { [count]: "1x700 2x300" }, atHours: 900, fires: false },
  ],
  [
    "does not fire after a good end of a process that began anew and counts from one",
    { series: { [count]: "3x700 1x300" }, atHours: 900, fires: false },
  ],
  [
    "fires though the workflow fails each day",
    { series: { [count]: "_x9 1", [failures]: "0+1x900" }, atHours: 9 + overdueHours + 2, fires: true },
  ],
  [
    "takes a counter that is back after half a day for a good end, as it cannot tell them apart",
    { series: { [count]: "1x20 2x700 _x12 2x200" }, atHours: 900, fires: false },
  ],
])("workflowRules() %s", { timeout }, async (_fact, judged) => {
  expect(await judge(judged)).toBe("SUCCESS");
});
