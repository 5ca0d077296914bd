import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { createAlertmanagerClient } from "../../../src/drill/alertmanager-client.ts";
import type { Pager } from "../../../src/drill/pager.ts";
import { findStackRoot } from "../../../src/stack/stack-root.ts";
import { buildStack, buildTimeoutMs, builtExecutable } from "./built-stack.ts";
import { startAlertmanager } from "./running-alertmanager.ts";

const run = promisify(execFile);

beforeAll(buildStack, buildTimeoutMs);

const stuck = ["RunlightRunStuck", "severity=warning", "family=run-stuck", "service_name=etl"];
const stuckLong = ["RunlightRunStuckLong", "severity=critical", "family=run-stuck", "service_name=etl"];
const failed = ["RunlightRunFailed", "severity=critical", "family=RunlightRunFailed", "service_name=etl"];
const drifting = ["RunlightStageDrift", "severity=info", "family=RunlightStageDrift", "service_name=etl"];

async function paged({ pages }: Pager, alert: string, status = "firing"): Promise<readonly string[]> {
  const ways = (): readonly string[] => [
    ...new Set(pages.filter((page) => page.alert === alert && page.status === status).map(({ way }) => way)),
  ];
  await waitUntil(() => ways().length === 2);
  return ways().toSorted();
}

function alertsOf({ pages }: Pager): readonly string[] {
  return [...new Set(pages.map(({ alert }) => alert))];
}

test("amtool silences an alert, which pages once the silence ends", async () => {
  await using alertmanager = await startAlertmanager(false);
  const { amtool, pager } = alertmanager;
  const id = await amtool("silence", "add", "alertname=RunlightRunStuck", "--author=night", "--comment=known");
  await amtool("alert", "add", ...stuck);
  // The second stage is an alert of its own: who silenced the first is told again.
  await amtool("alert", "add", ...stuckLong);
  expect(await paged(pager, "RunlightRunStuckLong")).toEqual(["mail", "webhook"]);
  expect(alertsOf(pager)).toEqual(["RunlightRunStuckLong"]);
  await amtool("alert", "add", ...stuckLong, `--end=${new Date().toISOString()}`);
  await paged(pager, "RunlightRunStuckLong", "resolved");
  expect(alertsOf(pager)).toEqual(["RunlightRunStuckLong"]);
  await amtool("silence", "expire", id);
  expect(await paged(pager, "RunlightRunStuck")).toEqual(["mail", "webhook"]);
});

test("Alertmanager lets the second stage speak, and the first no more", async () => {
  await using alertmanager = await startAlertmanager(false);
  const { amtool, pager, url } = alertmanager;
  await amtool("alert", "add", ...stuck);
  expect(await paged(pager, "RunlightRunStuck")).toEqual(["mail", "webhook"]);
  await amtool("alert", "add", ...stuckLong);
  expect(await paged(pager, "RunlightRunStuckLong")).toEqual(["mail", "webhook"]);
  const client = createAlertmanagerClient(url);
  await expect
    .poll(() => client.silencersOf("RunlightRunStuck", "etl"), { timeout: 60_000 })
    .toEqual(["RunlightRunStuckLong"]);
});

test("Alertmanager keeps hints for the morning, and nothing else", async () => {
  await using alertmanager = await startAlertmanager(true);
  const { amtool, pager, setQuiet } = alertmanager;
  await amtool("alert", "add", ...drifting);
  await amtool("alert", "add", ...stuck);
  await amtool("alert", "add", ...failed);
  await paged(pager, "RunlightRunStuck");
  await paged(pager, "RunlightRunFailed");
  expect(alertsOf(pager).toSorted()).toEqual(["RunlightRunFailed", "RunlightRunStuck"]);
  await setQuiet(false);
  expect(await paged(pager, "RunlightStageDrift")).toEqual(["mail", "webhook"]);
});

test("Alertmanager counts the pages that a mail server refuses and a webhook breaks", async () => {
  await using alertmanager = await startAlertmanager(false);
  const { amtool, broken, pager, url } = alertmanager;
  await amtool("alert", "add", "RunlightRunFailed", "severity=critical", "service_name=unheard");
  const failures = async (integration: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const counts = text.matchAll(
      new RegExp(`^alertmanager_notifications_failed_total\\{integration="${integration}".*\\} (\\d+)$`, "gmu"),
    );
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  await waitUntil(async () => (await failures("email")) > 0 && (await failures("webhook")) > 0, {
    timeoutMs: 120_000,
    intervalMs: 200,
  });
  expect([broken.refused.mails > 0, broken.refused.webhooks > 0]).toEqual([true, true]);
  expect(alertsOf(pager)).toEqual([]);
});

test("amtool routes second stages to whom the critical route names, and the first elsewhere", async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "alertmanager.yaml");
  const shipped = readFileSync(join(findStackRoot(), "grafana/alertmanager/alertmanager.yaml"), "utf8");
  const critical = "- matchers: [severity = critical]\n";
  writeFileSync(file, shipped.replace(critical, `${critical}      receiver: mail\n`));
  const receiverOf = async ([name = "", ...labels]: readonly string[]): Promise<string> => {
    const args = ["config", "routes", "test", `--config.file=${file}`, `alertname=${name}`, ...labels];
    return (await run(builtExecutable("alertmanager", "amtool"), args)).stdout.trim();
  };
  expect([await receiverOf(stuck), await receiverOf(stuckLong), await receiverOf(drifting)]).toEqual([
    "nobody",
    "mail",
    "nobody",
  ]);
});
