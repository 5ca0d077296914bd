import { Command } from "commander";
import { invocationOf } from "../invocation.ts";
import { parseCount } from "./count-option.ts";
import { jsonOption } from "./json-option.ts";

const examples = `
Examples:
  $ runlight runs --status running,silent      what is at work now
  $ runlight runs --status failure --limit 5   the newest five that failed
  $ runlight runs --json | jq -r '.runs[].runId'`;

/** `runlight runs` */
export function runsCommand(): Command {
  return new Command("runs")
    .description("list the runs recorded here, newest first")
    .option("--limit <n>", "at most so many runs", parseCount(100_000), 20)
    .option("--status <list>", "only these, with commas between: running, silent, lost, success, failure, …")
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (options: { limit: number; status?: string; json?: boolean }, command: Command) => {
      const { listRuns } = await import("../answers/list-runs.ts");
      await listRuns(invocationOf(command), options);
    });
}
