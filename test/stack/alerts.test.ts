import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runNode, temporaryDirectory, waitUntil } from "../../packages/testing/src/index.ts";
import { readText } from "../workspace/root.ts";
import { patience } from "./ask.ts";
import { createSurroundings, readRun, runFlights, startFlights } from "./flights.ts";
import { buildTimeoutMs, startStack } from "./native-stack.ts";
import type { NativeStack } from "./native-stack.ts";
import { shortenRules } from "./short-rules.ts";
import { startWebhook } from "./webhook.ts";
import type { PagedAlert, Webhook } from "./webhook.ts";

const timeout = 240_000;
const tools = fileURLToPath(new URL("programs/tools.ts", import.meta.url));
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
let stack: NativeStack;
let webhook: Webhook;

beforeAll(async () => {
  webhook = cleanup.use(await startWebhook());
  const urlFile = join(home.path, "webhook-url");
  writeFileSync(urlFile, webhook.url);
  stack = cleanup.use(await startStack(["--webhook-url-file", urlFile]));
  // Beyond what warnings wait for others of their group.
  await shortenRules(stack, "35s");
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync(), timeout);

function pages(name: string, status: PagedAlert["status"]): readonly PagedAlert[] {
  return webhook.alerts.filter(({ labels, ...alert }) => labels["alertname"] === name && alert.status === status);
}

/** Waits until the alert has come; gives it. */
function awaitPage(name: string): Promise<PagedAlert> {
  return waitUntil(() => pages(name, "firing")[0], patience);
}

/** Waits until the alert has come and has resolved; gives what came. */
async function followAlert(name: string): Promise<PagedAlert> {
  const firing = await awaitPage(name);
  await waitUntil(() => pages(name, "resolved").length > 0, { ...patience, timeoutMs: 120_000 });
  return firing;
}

test.concurrent(
  "RunlightRunFailed reaches a webhook when the very first run fails, and resolves",
  { timeout },
  async () => {
    const { exitCode } = await runFlights(
      ["--months", "1", "--fail", "fit"],
      createSurroundings(home, stack, "failing"),
    );
    expect(exitCode).toBe(1);
    const { labels, annotations } = await followAlert("RunlightRunFailed");
    expect(labels).toMatchObject({
      severity: "critical",
      service_name: "flights",
      workflow_definition_name: "monthly-processing",
      error_type: "Error",
    });
    expect(annotations["description"]).toContain("monthly-processing of flights");
    const [page = "", anchor = ""] = (annotations["runbook_url"] ?? "").split("#");
    expect(readText(page).toLowerCase()).toContain(`\n## ${anchor}\n`);
  },
);

test.concurrent(
  "RunlightRunLost reaches a webhook when the next run finds the last one killed",
  { timeout },
  async () => {
    const surroundings = createSurroundings(home, stack, "killed");
    await using child = startFlights(["--months", "1", "--slow"], surroundings);
    await waitUntil(() => child.stderr.includes("stage load"), patience);
    child.kill("SIGKILL");
    await child.ended;
    expect((await runFlights(["--months", "1"], surroundings)).exitCode).toBe(0);
    expect((await readRun(surroundings)).summary.status).toBe("success");
    const { labels } = await followAlert("RunlightRunLost");
    expect(labels).toMatchObject({
      severity: "critical",
      service_name: "flights",
      workflow_definition_name: "monthly-processing",
    });
  },
);

test.concurrent("RunlightWallTimeNear reaches a webhook when the end of a run's job is near", { timeout }, async () => {
  const { cwd, endpoint } = createSurroundings(home, stack, "ending");
  const { exitCode } = await runNode(tools, { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  expect(exitCode).toBe(0);
  const { labels } = await awaitPage("RunlightWallTimeNear");
  expect(labels).toMatchObject({
    severity: "warning",
    service_name: "tools",
    workflow_definition_name: "imaging",
  });
});
