import { Command } from "commander";
import { invocationOf } from "../invocation.ts";

const examples = `
Examples:
  $ runlight alerts check`;

/** `runlight alerts` */
export function alertsCommand(): Command {
  return new Command("alerts")
    .description("look after the alert rules")
    .addCommand(checkCommand())
    .addHelpText("after", examples);
}

function checkCommand(): Command {
  return new Command("check")
    .description(
      "check rules and routes, and prove that each rule fires and does not; exit code 1 when something is wrong",
    )
    .action(async (_options: object, command: Command) => {
      const { checkAlerts } = await import("../answers/check-alerts.ts");
      await checkAlerts(invocationOf(command));
    });
}
