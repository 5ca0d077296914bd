import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { renderAlertmanager } from "../../../src/stack/render-configuration.ts";
import { stackDirectories } from "../../../src/stack/services.ts";
import { findStackRoot } from "../../../src/stack/stack-root.ts";
import { cliPath } from "../../support/run-cli.ts";
import { buildStack, buildTimeoutMs, builtExecutable } from "./built-stack.ts";

const run = promisify(execFile);
const stackRoot = findStackRoot();

beforeAll(buildStack, buildTimeoutMs);

async function receiverOf(file: string, labels: readonly string[]): Promise<string> {
  const { stdout } = await run(builtExecutable("alertmanager", "amtool"), [
    "config",
    "routes",
    "test",
    `--config.file=${file}`,
    ...labels,
  ]);
  return stdout.trim();
}

test.each([
  ["severity=critical", "workflow_definition_name=nightly"],
  ["severity=warning", "family=host-memory"],
  ["severity=info"],
  ["alertname=RunlightWatchdog", "severity=none"],
  ["alertname=SomebodyElses"],
])("amtool routes %s to nobody as long as no receiver is named", async (...labels) => {
  expect(await receiverOf(join(stackRoot, "grafana/alertmanager/alertmanager.yaml"), labels)).toBe("nobody");
});

test.each([
  ["webhook", ["alertname=RunlightRunFailed", "severity=critical", "workflow_definition_name=nightly"]],
  ["webhook", ["severity=warning"]],
  ["webhook", ["severity=info"]],
  ["nobody", ["alertname=RunlightWatchdog", "severity=none"]],
] as const)("amtool routes to %s when there is a webhook: %j", async (receiver, labels) => {
  using directory = temporaryDirectory();
  renderAlertmanager({
    stackRoot,
    directories: stackDirectories(directory.path),
    portOffset: 0,
    webhookUrlFile: join(directory.path, "url"),
  });
  expect(await receiverOf(join(directory.path, "configuration/alertmanager.yaml"), labels)).toBe(receiver);
});

test("runlight alerts check proves rules and routes with promtool and amtool", async () => {
  const { stdout, exitCode } = await runNode([cliPath, "alerts", "check"], {
    cwd: stackRoot,
    timeoutMs: 280_000,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" },
  });
  const rulesFolder = join(stackRoot, "grafana/prometheus/rules");
  const shipped = readdirSync(rulesFolder).map((file) => readFileSync(join(rulesFolder, file), "utf8"));
  const alerts = shipped.flatMap((text) => text.match(/- alert:/gu) ?? []);
  expect(stdout.split("\n")).toEqual([
    `${alerts.length} alerts in ${shipped.length} rule files name only what is emitted`,
    "promtool: the rules are rules",
    "promtool: every rule fires when it should, and only then",
    "amtool: the routes are routes",
    "",
  ]);
  expect(exitCode).toBe(0);
});
