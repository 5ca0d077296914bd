import { execFile } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtExecutable, buildStack, buildTimeoutMs } from "../../packages/cli/test/stack/native/built-stack.ts";
import { runNode, temporaryDirectory } from "../../packages/testing/src/index.ts";
import { readText, root } from "../workspace/root.ts";

const run = promisify(execFile);
const timeout = 240_000;
const promises = fileURLToPath(new URL("programs/promises.ts", import.meta.url));
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
const folder = join(home.path, "alerts");

beforeAll(async () => {
  await buildStack();
  const cli = join(root, "packages/cli/dist/main.js");
  const { exitCode, stderr } = await runNode([cli, "alerts", "define", promises, "--output", folder], {
    cwd: home.path,
  });
  if (exitCode !== 0) throw new Error(stderr);
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync());

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory).map((file) => join(directory, file));
}

function promtool(...args: readonly string[]): Promise<{ readonly stdout: string }> {
  return run(builtExecutable("prometheus", "promtool"), args, { timeout });
}

test("runlight alerts define writes rules that Prometheus takes", async () => {
  const { stdout } = await promtool("check", "rules", ...filesIn(join(folder, "rules")));
  expect([...stdout.matchAll(/(\d) rules found/gu)].map(([, count]) => Number(count))).toEqual([2, 3, 1, 2, 2]);
});

test(
  "runlight alerts define writes tests that hold: each rule fires when it should, and only then",
  { timeout },
  async () => {
    await promtool("test", "rules", ...filesIn(join(folder, "tests")));
  },
);

test("runlight alerts define writes tests that fail for a rule that is wrong", { timeout }, async () => {
  const broken = join(home.path, "broken");
  cpSync(folder, broken, { recursive: true });
  const file = join(broken, "rules/workflow-of-days.yaml");
  const text = readFileSync(file, "utf8");
  expect(text).toContain(" > 259200");
  writeFileSync(file, text.replace(" > 259200", " > 2592000"));
  await expect(promtool("test", "rules", join(broken, "tests/workflow-of-days-5m.yaml"))).rejects.toMatchObject({
    stderr: expect.stringContaining("RunlightRunOverlong fires for a run of of days beyond its time") as string,
  });
});

test(
  "runlight alerts define writes routes that lead alerts of a workflow to its receiver, and others the way of their severity",
  { timeout },
  async () => {
    const [, routes = ""] = readFileSync(join(folder, "workflow-routes.yaml"), "utf8").split("routes:\n");
    // Where what is critical goes to Slack.
    const shipped = readText("grafana/alertmanager/alertmanager.yaml").replace(
      "matchers: [severity = critical]\n",
      "matchers: [severity = critical]\n      receiver: slack\n",
    );
    const file = join(home.path, "alertmanager.yaml");
    writeFileSync(
      file,
      shipped.replace("\n  routes:\n", `\n  routes:\n${routes.replaceAll(/^/gmu, "  ").trimEnd()}\n`),
    );
    const amtool = builtExecutable("alertmanager", "amtool");
    await run(amtool, ["check-config", file]);
    const receiverOf = async (name: string): Promise<string> => {
      const labels = [
        "alertname=RunlightRunOverdue",
        "severity=critical",
        `workflow_definition_name=${JSON.stringify(name)}`,
      ];
      return (await run(amtool, ["config", "routes", "test", `--config.file=${file}`, ...labels])).stdout.trim();
    };
    const names = ["nightly", "of days", "on weekdays", 'the "big" report\\weekly', "another one"];
    expect(await Promise.all(names.map(receiverOf))).toEqual(["mail", "webhook", "slack", "slack", "slack"]);
  },
);
