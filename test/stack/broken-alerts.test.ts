import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { checkAlerts } from "../../packages/cli/src/answers/check-alerts.ts";
import type { Invocation } from "../../packages/cli/src/invocation.ts";
import { buildStack, buildTimeoutMs } from "../../packages/cli/test/stack/native/built-stack.ts";
import { temporaryDirectory } from "../../packages/testing/src/index.ts";
import { root } from "../workspace/root.ts";

const timeout = 180_000;

beforeAll(buildStack, buildTimeoutMs);

/** What `runlight alerts check` prints, and how it ends, after a file of a copy was changed. */
async function checkBroken(file: string, change: (text: string) => string): Promise<readonly [string, string]> {
  using copy = temporaryDirectory();
  // Of the proofs of the rules, which are not asked for here, the shortest.
  const isWanted = (source: string): boolean => !/tests\/runlight-(?!6h)/u.test(source);
  cpSync(join(root, "grafana"), join(copy.path, "grafana"), { recursive: true, filter: isWanted });
  const path = join(copy.path, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
  const printed: string[] = [];
  const output: Invocation["output"] = {
    colour: false,
    width: undefined,
    write: (text) => Promise.resolve(void printed.push(text.replaceAll(copy.path, ""))),
    flush: () => Promise.resolve(),
  };
  const invocation = { directory: copy.path, spoolRoot: copy.path, output, tell: () => undefined };
  const message = await checkAlerts(invocation, copy.path).then(
    () => "",
    (error: unknown) => (error as Error).message,
  );
  return [printed.join(""), message];
}

test(
  "checkAlerts() names file, rule and mend of a rule that asks for an unregistered metric",
  { timeout },
  async () => {
    const [printed, message] = await checkBroken("grafana/prometheus/rules/runlight.yaml", (text) =>
      text.replace("runlight_process_oom_total[5m]", "runlight_imagined_total[5m]"),
    );
    expect(printed).toContain(
      "grafana/prometheus/rules/runlight.yaml: rule RunlightChildOutOfMemory: runlight_imagined_total is no metric; names stand in packages/conventions/src/registry, those of others in packages/dashboards/src\n",
    );
    expect(message).toMatch(/^\d faults in the alerts$/u);
  },
);

test("checkAlerts() names file, receiver and mend of a secret file that is missing", { timeout }, async () => {
  const [printed, message] = await checkBroken("grafana/alertmanager/alertmanager.yaml", (text) =>
    text.replace("receiver: nobody", "receiver: mail"),
  );
  expect(printed).toContain(
    "grafana/alertmanager/alertmanager.yaml: receiver mail: auth_password_file smtp-password is not there or empty; write the secret into /grafana/alertmanager/smtp-password\n",
  );
  expect(message).toBe("1 faults in the alerts");
});

test(
  "checkAlerts() names file and receiver that a route leads to and nobody wrote, as amtool does",
  { timeout },
  async () => {
    const [printed, message] = await checkBroken("grafana/alertmanager/alertmanager.yaml", (text) =>
      text.replace("receiver: nobody", "receiver: mial"),
    );
    expect(printed).toContain(
      "grafana/alertmanager/alertmanager.yaml: receiver mial: a route leads to it and it is not there; write it, or take one of nobody, webhook, mail, slack\n",
    );
    expect(printed).toMatch(/\/grafana\/alertmanager\/alertmanager\.yaml' {2}FAILED: undefined receiver "mial"/u);
    expect(message).toBe("2 faults in the alerts");
  },
);

test("checkAlerts() takes a rule that counts anchored, as Prometheus does", { timeout }, async () => {
  const [printed, message] = await checkBroken("grafana/prometheus/rules/runlight-bands.yaml", (text) =>
    text.replace("runlight_items_processed_total[10m]", "runlight_items_processed_total[10m] anchored"),
  );
  expect(printed).toContain("promtool: the rules are rules\n");
  expect(message).toBe("");
});
