import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkReceivers } from "../src/check/check-receivers.ts";
import { alertsIn, checkRuleFile } from "../src/check/check-rule-file.ts";
import { describeFault } from "../src/check/fault.ts";
import { renderBandRules, renderRules } from "../src/rules/rule-files.ts";
import { renderWorkflowFiles } from "../src/workflows/workflow-files.ts";

const shipped = readFileSync(new URL("../../../grafana/alertmanager/alertmanager.yaml", import.meta.url), "utf8");

function ruleFile(...rules: readonly string[]): string {
  return `groups:\n  - name: mine\n    rules:\n${rules.map((rule) => `      - ${rule}\n`).join("")}`;
}

function receiverFaults(text: string, ...present: readonly string[]): readonly string[] {
  return checkReceivers("alertmanager.yaml", text, "/etc/runlight", (path) => present.includes(path)).map(
    describeFault,
  );
}

test("checkRuleFile() finds nothing wrong with what is shipped and with what definitions become", () => {
  const [defined] = renderWorkflowFiles([{ name: "nightly", freshness: "1d", maxDuration: "1h", minItems: 1 }]);
  expect([renderRules(), renderBandRules(), defined?.text ?? ""].flatMap((text) => checkRuleFile("x", text))).toEqual(
    [],
  );
});

test("alertsIn() gives the names of alerts, and none of what is recorded", () => {
  expect(
    alertsIn(ruleFile("{ alert: One, expr: up }", "{ record: two, expr: up }", "{ alert: Three, expr: up }")),
  ).toEqual(["One", "Three"]);
});

test("checkRuleFile() names file, rule and mend of a metric, a label and a query that are none", () => {
  const mend = "names stand in packages/conventions/src/registry, those of others in packages/dashboards/src";
  const text = ruleFile(
    '{ alert: Imagined, expr: "sum(runlight_imagined_total) > 0" }',
    '{ record: "mine:up", expr: "sum by (colour) (up)" }',
    '{ alert: Own, expr: "mine:up{anything=\\"1\\"} > 0" }',
    '{ alert: Broken, expr: "sum(up" }',
  );
  expect(checkRuleFile("rules/mine.yaml", text).map(describeFault)).toEqual([
    `rules/mine.yaml: rule Imagined: runlight_imagined_total is no metric; ${mend}`,
    `rules/mine.yaml: rule mine:up: colour is no label of what is grouped by it; ${mend}`,
    "rules/mine.yaml: rule Broken: PromQL cannot be parsed at 6: sum(up; write PromQL that its grammar takes",
  ]);
});

test.each([
  ["groups: [", /^x\.yaml: holds no groups of rules \(.*\); write it as promtool check rules takes it$/u],
  ["", /^x\.yaml: holds no groups of rules \(/u],
  ["groups: 1", /^x\.yaml: holds no groups of rules \(/u],
])("checkRuleFile() says of %j that it is no rule file", (text, fault) => {
  expect(checkRuleFile("x.yaml", text).map(describeFault)).toEqual([expect.stringMatching(fault)]);
});

test("checkReceivers() asks for no secret of a receiver that no route leads to", () => {
  expect(receiverFaults(shipped)).toEqual([]);
});

test.each([
  ["webhook", "url_file", "webhook-url"],
  ["mail", "auth_password_file", "smtp-password"],
  ["slack", "api_url_file", "slack-url"],
])("checkReceivers() names receiver, file and mend when the secret of %s is missing", (name, key, secret) => {
  const routed = shipped.replace("receiver: nobody", `receiver: ${name}`);
  expect(receiverFaults(routed)).toEqual([
    `alertmanager.yaml: receiver ${name}: ${key} ${secret} is not there or empty; write the secret into /etc/runlight/${secret}`,
  ]);
  expect(receiverFaults(routed, `/etc/runlight/${secret}`)).toEqual([]);
});

test("checkReceivers() asks for the files of headers, too", () => {
  const text = `route: { receiver: hook }
receivers: [{ name: hook, webhook_configs: [{ url: "http://x", http_config: { http_headers: { X-Key: { files: [/k] } } } }] }]`;
  expect(receiverFaults(text)).toEqual([
    "alertmanager.yaml: receiver hook: files /k is not there or empty; write the secret into /k",
  ]);
});

test("checkReceivers() names a receiver that a route leads to and nobody wrote", () => {
  const text = shipped.replace("severity = critical]\n", "severity = critical]\n      receiver: mial\n");
  expect(receiverFaults(text)).toEqual([
    "alertmanager.yaml: receiver mial: a route leads to it and it is not there; write it, or take one of nobody, webhook, mail, slack",
  ]);
});

test.each(["route: [", "", "route: {}"])("checkReceivers() says of %j that it cannot be read", (text) => {
  expect(receiverFaults(text)).toEqual([
    expect.stringMatching(/^alertmanager\.yaml: cannot be read \(.*\); write it as amtool check-config takes it$/u),
  ]);
});
