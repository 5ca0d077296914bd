import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { parseCount } from "./count-option.ts";
import { jsonOption } from "./json-option.ts";

const examples = `
Examples:
  $ runlight alerts check
  $ runlight alerts define dist/workflows.js --output alerts
  $ runlight alerts drill --only RunlightRunFailed`;

/** `runlight alerts` */
export function alertsCommand(): Command {
  return new Command("alerts")
    .description("look after the alert rules")
    .addCommand(checkCommand())
    .addCommand(defineCommand())
    .addCommand(drillCommand())
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

function defineCommand(): Command {
  return new Command("define")
    .description("write rules, their tests and routes for the workflows that modules define with defineWorkflow()")
    .argument("<modules...>", "JavaScript modules that export them")
    .requiredOption("--output <dir>", "where to write them")
    .action(async (modules: readonly string[], options: { output: string }, command: Command) => {
      const { defineAlerts } = await import("../answers/define-alerts.ts");
      await defineAlerts(invocationOf(command), modules, options.output);
    });
}

function drillCommand(): Command {
  return new Command("drill")
    .description("make alerts happen in a stack of its own, and tell how long each page took by mail and by webhook")
    .option("--only <alerts>", "names of alerts, with commas", (text: string) => text.split(","))
    .option("--port-offset <n>", "add n to every port of the drill's stack", parseCount(40_000), 17_000)
    .addOption(jsonOption())
    .action(async (options: { only?: readonly string[]; portOffset: number; json?: boolean }, command: Command) => {
      const { drillAlerts } = await import("../answers/drill-alerts.ts");
      await drillAlerts(invocationOf(command), options);
    });
}
