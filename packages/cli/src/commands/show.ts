import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { jsonOption } from "./json-option.ts";
import { runArgument } from "./run-argument.ts";

const examples = `
Examples:
  $ runlight show                      the newest run
  $ runlight show 20261122_1425        the run whose id begins so
  $ runlight show latest --json | jq .errors`;

/** `runlight show` */
export function showCommand(): Command {
  return new Command("show")
    .description("show what one run did: stages, kernels, checks, artifacts, warnings, errors")
    .addArgument(runArgument())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (run: string, options: { json?: boolean }, command: Command) => {
      const { showRun } = await import("../answers/show-run.ts");
      await showRun(invocationOf(command), run, options);
    });
}
