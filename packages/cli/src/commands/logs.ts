import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { parseCount } from "./count-option.ts";
import { jsonOption } from "./json-option.ts";
import { runArgument } from "./run-argument.ts";

const examples = `
Examples:
  $ runlight logs latest --stage fit   what the stage fit said
  $ runlight logs --level warn         warnings and errors of the newest run
  $ runlight logs --level trace        everything, heartbeats and progress among it
  $ runlight logs --tail 50 --json | jq -r '.records[].body'`;

/** `runlight logs` */
export function logsCommand(): Command {
  return new Command("logs")
    .description("print the log records of one run, oldest first")
    .addArgument(runArgument())
    .option("--stage <name>", "only records from inside stages of this name")
    .option("--level <level>", "this level and above: trace, debug, info, warn, error, fatal", "info")
    .option("--search <text>", "only records that hold this text; case does not matter")
    .option("--tail <n>", "only the last so many", parseCount(100_000))
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(
      async (
        run: string,
        options: { stage?: string; level: string; search?: string; tail?: number; json?: boolean },
        command: Command,
      ) => {
        const { printLogs } = await import("../answers/print-logs.ts");
        await printLogs(invocationOf(command), run, options);
      },
    );
}
