import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { jsonOption } from "./json-option.ts";
import { runArgument } from "./run-argument.ts";

const examples = `
With --follow the exit code says how the run ended: 0 well, 1 otherwise; 130 when the watching was interrupted.

Examples:
  $ runlight show                      the newest run
  $ runlight show 20261122_1425        the run whose id begins so
  $ runlight show --follow             what it does now, until it has ended
  $ runlight show latest --json | jq .errors`;

/** `runlight show` */
export function showCommand(): Command {
  return new Command("show")
    .description("show what one run did: stages, kernels, checks, artifacts, warnings, errors")
    .addArgument(runArgument())
    .option("--follow", "watch it at work: a tree on a terminal, lines elsewhere, its summary when it has ended")
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (run: string, options: { json?: boolean; follow?: boolean }, command: Command) => {
      const { showRun } = await import("../answers/show-run.ts");
      await showRun(invocationOf(command), run, options);
    });
}
