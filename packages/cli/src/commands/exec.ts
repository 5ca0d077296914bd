import { Command, Option } from "commander";
import { invocationOf } from "../invocation.ts";
import { parseCount } from "./count-option.ts";

const examples = `
Examples:
  $ runlight exec --stage fit -- ./fit.py --alpha 1
  $ runlight exec --timeout 3600 -- sh -c 'zcat events.gz | ./reduce'
  $ runlight logs latest               what it wrote, line by line

Exit codes: the command's own, 128 + n when signal n ended it, 124 at the timeout, 126 and 127 when it cannot be started, 2 when
the question is wrong.`;

/** What the options of `runlight exec` give. */
interface ExecOptionValues {
  readonly stage?: string;
  readonly pipeline?: string;
  readonly workflow?: string;
  readonly timeout?: number;
  readonly recordArguments?: boolean;
}

/** `runlight exec` */
export function execCommand(): Command {
  return new Command("exec")
    .description(
      "run a command and record it: output, exit code, CPU time, memory, why it died; its output passes through",
    )
    .argument("<command>", "the command; write -- before it, so that its options stay its own")
    .argument("[args...]", "its arguments")
    .addOption(new Option("--stage <name>", "record it as a stage of this name").conflicts("pipeline"))
    .option("--pipeline <name>", "record it as a pipeline of this name (default: the command's file name)")
    .option(
      "--workflow <name>",
      "name of the run begun for it (default: the command's; none within a run that BAGGAGE tells of)",
    )
    .option("--timeout <seconds>", "end it and what it started after so long", parseCount(2_000_000))
    .option("--record-arguments", "record its arguments too, secrets and all")
    .addHelpText("after", examples)
    .action(async (program: string, args: readonly string[], options: ExecOptionValues, command: Command) => {
      const { runRecorded } = await import("../answers/run-recorded.ts");
      const { directory } = command.optsWithGlobals<{ directory?: string }>();
      process.exitCode = await runRecorded(invocationOf(command), [program, ...args], {
        ...options,
        ...(directory ? { directory } : {}),
      });
    });
}
