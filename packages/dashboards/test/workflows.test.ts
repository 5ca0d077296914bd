import { expect, test } from "vitest";
import { checkRule } from "../src/check/check-rule.ts";
import { longestPauseSeconds } from "../src/workflows/schedule.ts";
import { renderWorkflowFiles } from "../src/workflows/workflow-files.ts";
import { workflowRules } from "../src/workflows/workflow-rules.ts";

const nightly = { name: "nightly", schedule: "0 2 * * *", timeZone: "UTC", maxDuration: "2h", minItems: 1000 };

test("workflowRules() makes one rule of each promise, which names what is emitted and is proved", () => {
  const rules = workflowRules(nightly);
  expect(rules.map(({ name }) => name)).toEqual(["RunlightRunOverdue", "RunlightRunOverlong", "RunlightTooFewItems"]);
  expect(rules.flatMap(checkRule)).toEqual([]);
  expect(workflowRules({ name: "free" })).toEqual([]);
});

test("workflowRules() takes the longest pause of the schedule and the longest run for the time of freshness", () => {
  expect(workflowRules(nightly)[0]?.description).toBe("No run of workflow nightly has ended well for 1560 minutes.");
  expect(workflowRules({ ...nightly, freshness: "30h" })[0]?.description).toBe(
    "No run of workflow nightly has ended well for 1800 minutes.",
  );
});

test("workflowRules() records the last good end of what is due more seldom than Prometheus keeps samples", () => {
  const [monthly, sparse] = workflowRules({ name: "monthly", schedule: "0 2 1 * *", timeZone: "UTC", minItems: 1000 });
  expect(monthly?.description).toBe("No run of workflow monthly has ended well for 44700 minutes.");
  expect(monthly?.records?.map(({ record, labels }) => [record, labels])).toEqual([
    ["runlight:run:last_success_seconds", { workflow_definition_name: "monthly" }],
  ]);
  expect(sparse?.expression).toContain(`[${13 * 86_400}s]`);
  expect(workflowRules({ name: "often", freshness: "13d" })[0]?.records).toBeUndefined();
  expect(workflowRules({ name: "seldom", freshness: "13d1s" })[0]?.records).toHaveLength(1);
  expect([monthly, sparse].flatMap((rule) => (rule === undefined ? [] : checkRule(rule)))).toEqual([]);
});

test("longestPauseSeconds() knows weekends and daylight saving", () => {
  expect(longestPauseSeconds("w", "0 2 * * 1-5", "UTC")).toBe(3 * 86_400);
  expect(longestPauseSeconds("w", "0 12 * * *", "Europe/Berlin")).toBe(25 * 3600);
});

test("workflowRules() names workflow and property of what cannot be used", () => {
  expect(() => workflowRules({ name: "nightly", schedule: "at two" })).toThrow(
    /^Cannot make rules of workflow nightly: schedule must be a cron pattern of five or six fields in a known time zone, current value is "at two" \(/u,
  );
  expect(() => workflowRules({ name: "nightly", maxDuration: "long" })).toThrow(
    new SyntaxError(
      'Cannot make rules of workflow nightly: maxDuration must be a duration as 90m or 1d12h, current value is "long"',
    ),
  );
  expect(() => workflowRules({ name: "nightly", minItems: 0 })).toThrow(
    new RangeError("Cannot make rules of workflow nightly: minItems must be above 0, current value is 0"),
  );
});

test("workflowRules() refuses a name that Prometheus would take for a template", () => {
  expect(() => workflowRules({ name: "of {{ month }}", maxDuration: "1h" })).toThrow(
    new RangeError(
      'Cannot make rules of workflow of {{ month }}: name must hold no {{, current value is "of {{ month }}"',
    ),
  );
});

test("renderWorkflowFiles() writes rules and tests of each workflow and the routes of all, and refuses two of one name", () => {
  const files = renderWorkflowFiles([nightly, { name: "weekly report", freshness: "8d", receiver: "mail" }]);
  expect(files.map(({ path }) => path)).toEqual([
    "rules/workflow-nightly.yaml",
    "tests/workflow-nightly-9360s.yaml",
    "tests/workflow-nightly-1m.yaml",
    "rules/workflow-weekly-report.yaml",
    "tests/workflow-weekly-report-69120s.yaml",
    "workflow-routes.yaml",
  ]);
  expect(files.at(-1)?.text).toContain('- workflow_definition_name = "weekly report"\n    receiver: mail\n');
  expect(renderWorkflowFiles([nightly]).at(-1)?.text).toBe("routes: []\n");
  expect(() => renderWorkflowFiles([nightly, { ...nightly, name: "Nightly" }])).toThrow(
    new RangeError(
      "Cannot write rules: names of workflows must give files of their own, current value is rules/workflow-nightly.yaml twice",
    ),
  );
});
