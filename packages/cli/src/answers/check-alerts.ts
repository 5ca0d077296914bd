import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkRule, describeFault, rules } from "@runlight/dashboards";
import { CommandFault } from "../command-fault.ts";
import type { Invocation } from "../invocation.ts";
import { locateTool } from "../stack/locate-program.ts";
import { findStackRoot } from "../stack/stack-root.ts";

const run = promisify(execFile);
const timeoutMs = 120_000;

/** One question to a tool, and what to say when it is answered well. */
interface ToolCheck {
  readonly tool: "amtool" | "promtool";
  readonly args: readonly string[];
  readonly proves: string;
}

/** Checks the shipped rules and routes and prints the findings. Throws `CommandFault` with exit code 1 when something is wrong. */
export async function checkAlerts({ output }: Invocation): Promise<void> {
  const faults = rules.flatMap(checkRule);
  for (const fault of faults) await output.write(`${describeFault(fault)}\n`);
  if (faults.length === 0) await output.write(`${rules.length} rules name only what is emitted\n`);
  const root = findStackRoot();
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

function toolChecks(grafana: string): readonly ToolCheck[] {
  const prometheus = join(grafana, "prometheus");
  const tests = join(prometheus, "tests");
  return [
    { tool: "promtool", args: ["check", "config", join(prometheus, "prometheus.yaml")], proves: "the rules are rules" },
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
