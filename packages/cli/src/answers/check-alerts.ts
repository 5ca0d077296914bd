import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { alertsIn, checkReceivers, checkRule, checkRuleFile, describeFault, rules } from "@runlight/dashboards";
import type { Fault } from "@runlight/dashboards";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { locateTool } from "../stack/locate-program.ts";
import { findStackRoot } from "../stack/stack-root.ts";

const run = promisify(execFile);
const timeoutMs = 600_000;

/** One question to a tool, and what to say when it is answered well. */
interface ToolCheck {
  readonly tool: "amtool" | "promtool";
  readonly args: readonly string[];
  readonly proves: string;
}

/**
 * Checks the shipped rules and routes and prints the findings. Throws `CommandFault` with exit code 1 when something is wrong.
 *
 * @param root Folder that holds `grafana/`. Default: that of the stack.
 */
export async function checkAlerts({ output }: Invocation, root: string = findStackRoot()): Promise<void> {
  const ruleFiles = readRuleFiles(join(root, "grafana"));
  const faults = [
    ...rules.flatMap(checkRule),
    ...ruleFiles.flatMap(({ file, text }) => checkRuleFile(file, text)),
    ...checkAlertmanager(join(root, "grafana")),
  ];
  for (const fault of faults) await output.write(`${describeFault(fault)}\n`);
  if (faults.length === 0) {
    const alerts = ruleFiles.flatMap(({ text }) => alertsIn(text));
    await output.write(`${alerts.length} alerts in ${ruleFiles.length} rule files name only what is emitted\n`);
  }
  let failed = faults.length;
  for (const check of toolChecks(join(root, "grafana"))) {
    const executable = await locateTool(check.tool, root, process.env);
    if (executable === undefined) {
      await output.write(`${check.tool} is neither on PATH nor built: not checked that ${check.proves}\n`);
      continue;
    }
    const problem = await run(executable, check.args, { timeout: timeoutMs }).then(() => undefined, describeFailure);
    if (problem !== undefined) failed += 1;
    await output.write(problem === undefined ? `${check.tool}: ${check.proves}\n` : `${problem}\n`);
  }
  await output.flush();
  if (failed > 0) throw new CommandFault(`${failed} faults in the alerts`, 1);
}

/** All rule files, those of workflows among them. */
function readRuleFiles(grafana: string): readonly { readonly file: string; readonly text: string }[] {
  const folder = join(grafana, "prometheus", "rules");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({
      file: `grafana/prometheus/rules/${file}`,
      text: readFileSync(join(folder, file), "utf8"),
    }));
}

/** The receivers that pages go to. */
function checkAlertmanager(grafana: string): readonly Fault[] {
  const alertmanager = join(grafana, "alertmanager");
  const configuration = readFileSync(join(alertmanager, "alertmanager.yaml"), "utf8");
  return checkReceivers("grafana/alertmanager/alertmanager.yaml", configuration, alertmanager, holdsText);
}

function holdsText(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && status.size > 0;
}

function toolChecks(grafana: string): readonly ToolCheck[] {
  const prometheus = join(grafana, "prometheus");
  const tests = join(prometheus, "tests");
  return [
    {
      tool: "promtool",
      // As Prometheus is started, so that rules of one's own may be anchored.
      args: [
        "--enable-feature=promql-extended-range-selectors",
        "check",
        "config",
        join(prometheus, "prometheus.yaml"),
      ],
      proves: "the rules are rules",
    },
    {
      tool: "promtool",
      args: ["test", "rules", ...readdirSync(tests).map((file) => join(tests, file))],
      proves: "every rule fires when it should, and only then",
    },
    {
      tool: "amtool",
      args: ["check-config", join(grafana, "alertmanager", "alertmanager.yaml")],
      proves: "the routes are routes",
    },
  ];
}

function describeFailure(error: unknown): string {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  return `${stdout}${stderr}`.trim() || String(error);
}
