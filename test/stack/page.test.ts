import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../packages/testing/src/index.ts";
import { blocksInMarkdown } from "../docs/code-blocks.ts";
import { readText } from "../workspace/root.ts";
import { patience } from "./ask.ts";
import { readRun, runFlights } from "./flights.ts";
import { buildTimeoutMs, startStack } from "./native-stack.ts";
import type { NativeStack } from "./native-stack.ts";

const timeout = 240_000;
const page = "docs/backends.md";
const cleanup = new AsyncDisposableStack();
const home = cleanup.use(temporaryDirectory());
const run = promisify(execFile);
const queries = blocksInMarkdown(page, readText(page)).filter(({ code }) => code.startsWith("curl "));
const ids: Record<string, string> = {};
let stack: NativeStack;

beforeAll(async () => {
  stack = cleanup.use(await startStack());
  const at = (instance: string): Parameters<typeof readRun>[0] => {
    const cwd = join(home.path, instance);
    mkdirSync(cwd);
    return { cwd, endpoint: stack.endpoint, instance };
  };
  const succeeded = at("succeeded");
  await runFlights(["--months", "1"], succeeded);
  await runFlights(["--months", "1", "--fail", "fit"], at("failed"));
  const { summary } = await readRun(succeeded);
  Object.assign(ids, { RUN: summary.runId, TRACE: summary.traceId });
}, buildTimeoutMs);

afterAll(() => cleanup.disposeAsync(), timeout);

describe("docs/backends.md", () => {
  test("asks all four", () => {
    const asked = new Set(queries.map(({ code }) => /127\.0\.0\.1:(\d+)/.exec(code)?.[1]));
    expect(asked).toEqual(new Set(["3200", "3100", "9090", "9093"]));
  });

  test.for(queries)("$path:$line finds something", { timeout }, async ({ code }) => {
    const find = async (): Promise<number> => {
      const { PATH } = process.env;
      const { stdout } = await run("sh", ["-euc", stack.withPorts(code)], { env: { PATH, ...ids } });
      return countFindings(JSON.parse(stdout) as Answer);
    };
    await expect.poll(find, patience).toBeGreaterThan(0);
  });
});

/** What the backends answer, as far as it says how much they found. */
type Answer = Found | readonly unknown[];

interface Found {
  readonly trace?: { readonly resourceSpans?: readonly unknown[] };
  readonly traces?: readonly unknown[];
  readonly data?: readonly unknown[] | { readonly result: readonly unknown[] };
}

function countFindings(answer: Answer): number {
  if ("length" in answer) return answer.length;
  const { trace, traces, data } = answer;
  if (trace !== undefined) return trace.resourceSpans?.length ?? 0;
  if (traces !== undefined) return traces.length;
  if (data === undefined) return 0;
  return "length" in data ? data.length : data.result.length;
}
