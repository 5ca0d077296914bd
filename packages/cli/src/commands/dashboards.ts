import { Command } from "commander";
import { invocationOf } from "../invocation.ts";

const examples = `
Example:
  $ runlight dashboards check`;

/** `runlight dashboards` */
export function dashboardsCommand(): Command {
  return new Command("dashboards").description("look after the Grafana dashboards").addCommand(checkCommand());
}

function checkCommand(): Command {
  return new Command("check")
    .description("parse every query of every dashboard and look its names up; exit code 1 when something is wrong")
    .option("--folder <dir>", "folder of dashboards (default: the shipped ones)")
    .addHelpText("after", examples)
    .action(async (options: { folder?: string }, command: Command) => {
      const { checkDashboards } = await import("../answers/check-dashboards.ts");
      await checkDashboards(invocationOf(command), options);
    });
}
