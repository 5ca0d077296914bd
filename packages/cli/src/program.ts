import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { alertsCommand } from "./commands/alerts.ts";
import { configCommand } from "./commands/config.ts";
import { dashboardsCommand } from "./commands/dashboards.ts";
import { execCommand } from "./commands/exec.ts";
import { logsCommand } from "./commands/logs.ts";
import { recoverCommand } from "./commands/recover.ts";
import { runsCommand } from "./commands/runs.ts";
import { shipCommand } from "./commands/ship.ts";
import { showCommand } from "./commands/show.ts";
import { stackPlaceholder } from "./commands/stack.ts";

const examples = `
Examples:
  $ runlight runs                      what ran here, newest first
  $ runlight show latest               what the newest run did
  $ runlight logs latest --level warn  its warnings and errors
  $ runlight ship --endpoint http://127.0.0.1:4318

Exit codes: 0 answered, 1 the answer is negative (no such run), 2 the question is wrong (option, configuration).`;

/** The whole command line. Nothing but Commander is loaded until a command runs. */
export async function createProgram(commandLine: readonly string[]): Promise<Command> {
  const program = new Command("runlight")
    .description("What ran here, what it did and what it said: answers from the telemetry kept in .runlight")
    .version(readVersion())
    .addOption(
      new Option("--directory <dir>", "directory of the telemetry (default: .runlight)").env("RUNLIGHT_DIRECTORY"),
    )
    .addHelpText("after", examples)
    .exitOverride()
    .configureOutput({ outputError: writeCommanderError });
  const stack = commandLine.includes("stack") ? (await import("./stack/index.ts")).stackCommand() : stackPlaceholder();
  for (const command of [
    runsCommand(),
    showCommand(),
    logsCommand(),
    recoverCommand(),
    shipCommand(),
    configCommand(),
    execCommand(),
    dashboardsCommand(),
    alertsCommand(),
    stack,
  ]) {
    inheritSettings(command, program);
    program.addCommand(command);
  }
  return program;
}

function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritSettings(child, command);
}

// Commander breaks the line before its suggestion.
function writeCommanderError(text: string, write: (text: string) => void): void {
  write(
    `runlight: ${text
      .trim()
      .replace(/^error: /u, "")
      .replaceAll("\n", " ")}\n`,
  );
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}
