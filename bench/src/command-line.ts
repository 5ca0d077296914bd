import { parseArgs } from "node:util";
import { suites } from "./suites.ts";

/** What the command is to do. */
export interface Command {
  readonly action: "check" | "help" | "json" | "measure";
  readonly suites: readonly string[];
  readonly rounds: number;
  readonly isQuick: boolean;
  /** Leave out what was measured of this commit in as many rounds: a run that was broken off goes on. */
  readonly isResumed: boolean;
}

const names = suites.map(({ name }) => name);

/** What `--help` prints. */
export const help = `Measures what Runlight costs beside the tools people use today.

  npm run bench                        measures everything, prints tables, writes docs/performance.md
  npm run bench -- --suite NAME ...    measures some suites and writes their sections anew
  npm run bench -- --json NAME         measures one suite and prints one JSON object; writes nothing
  npm run bench -- --ci                a short check against the stock SDK, with 25 % slack; writes nothing

Suites:
${suites.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join("\n")}

Options:
  --rounds N   rounds of each suite, 1 to 99; default 9, with --quick 2
  --resume     go on with a run that was broken off: suites measured of this commit in as many rounds are left out
  --quick      short windows, for trying out; writes nothing
  --help       prints this
`;

/**
 * Reads the command line.
 *
 * @throws RangeError when a value is out of range, TypeError when an option is unknown
 */
export function readCommandLine(parameters: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      ci: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      resume: { type: "boolean", default: false },
      rounds: { type: "string" },
      suite: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: false,
  });
  const chosen = values.json === undefined ? values.suite : [values.json];
  for (const name of chosen) {
    if (!names.includes(name))
      throw new RangeError(`Cannot measure: suite must be one of ${names.join(", ")}, current value is ${name}`);
  }
  return {
    action: values.help ? "help" : values.ci ? "check" : values.json === undefined ? "measure" : "json",
    suites: chosen.length === 0 ? names : chosen,
    rounds: readRounds(values.rounds, values.quick),
    isQuick: values.quick,
    isResumed: values.resume,
  };
}

function readRounds(text: string | undefined, isQuick: boolean): number {
  if (text === undefined) return isQuick ? 2 : 9;
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99)
    throw new RangeError(`Cannot measure: --rounds must be an integer from 1 to 99, current value is ${text}`);
  return rounds;
}
