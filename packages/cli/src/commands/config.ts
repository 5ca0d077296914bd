import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { jsonOption } from "./json-option.ts";

const examples = `
Examples:
  $ runlight config show             the settings a program started here would get
  $ runlight config show --origin    and where each of them comes from`;

/** `runlight config` */
export function configCommand(): Command {
  return new Command("config").description("look at the configuration").addCommand(
    new Command("show")
      .description("print every setting as options, OTEL_* variables and the file make it")
      .option("--origin", "say where each comes from")
      .addOption(jsonOption())
      .addHelpText("after", examples)
      .action(async (options: { origin?: boolean; json?: boolean }, command: Command) => {
        const { showConfig } = await import("../answers/show-config.ts");
        await showConfig(invocationOf(command), options);
      }),
  );
}
