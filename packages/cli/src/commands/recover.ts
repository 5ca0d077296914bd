import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { jsonOption } from "./json-option.ts";

const examples = `
Example:
  $ runlight recover`;

/** `runlight recover` */
export function recoverCommand(): Command {
  return new Command("recover")
    .description("close what processes left open that are gone, and tell what that was")
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (options: { json?: boolean }, command: Command) => {
      const { recover } = await import("../answers/recover.ts");
      await recover(invocationOf(command), options);
    });
}
