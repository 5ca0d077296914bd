// Runs the guarantee table in a process of its own, beside the SDK named on the command line, and prints one JSON line a case.
import { cases } from "../guarantees/cases.ts";
import type * as decoratedClasses from "../guarantees/fixtures/decorated.ts";
import { describeSpans } from "../guarantees/observe.ts";
import type { ObservableSpan } from "../guarantees/observe.ts";
import { registerSdk } from "./register-sdk.ts";
import type { Environment } from "./register-sdk.ts";

const environment = process.argv[2] as Environment;
const finished: ObservableSpan[] = [];
await registerSdk(environment, (span) => finished.push(span));
const surroundings = {
  environment,
  decorated: async (dialect: string) => (await import(`./decorated-${dialect}.mjs`)) as typeof decoratedClasses,
  add: (spans: readonly ObservableSpan[]) => void finished.push(...spans),
};
for (const { row, work } of cases) {
  finished.length = 0;
  let trouble: string | undefined;
  try {
    await work(surroundings);
  } catch (error) {
    trouble = String(error);
  }
  await new Promise((resolve) => setImmediate(resolve));
  console.log(JSON.stringify({ row, trouble, spans: describeSpans(finished) }));
}
process.exit();
