import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RunSummary } from "../../packages/core/src/index.ts";
import { openStore } from "../../packages/store/src/index.ts";
import type { LogEntry, SpanEntry } from "../../packages/store/src/index.ts";
import { runNode, startNode } from "../../packages/testing/src/index.ts";
import type { NodeChild, NodeChildResult } from "../../packages/testing/src/index.ts";
import { root } from "../workspace/root.ts";

const flights = join(root, "examples/flights/dist/main.js");
const runlight = join(root, "packages/cli/dist/main.js");
const timeoutMs = 120_000;

/** Where a run of the example works and where its telemetry goes. */
export interface Surroundings {
  /** Its working directory, in which `.runlight` is made. */
  readonly cwd: string;
  /** Where the Collector listens. */
  readonly endpoint: string;
  /** Tells its metrics from those of other runs; every run of one program has the same one otherwise. */
  readonly instance: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A working directory in `home` that is named after the instance, and the Collector of `stack`. */
export function createSurroundings(
  home: { readonly path: string },
  stack: { readonly endpoint: string },
  instance: string,
): Surroundings {
  const cwd = join(home.path, instance);
  mkdirSync(cwd);
  return { cwd, endpoint: stack.endpoint, instance };
}

/** What is known of a run where it ran. */
export interface RecordedRun {
  /** `runlight show --json`. */
  readonly summary: RunSummary;
  /** `runlight logs --level trace --json`. */
  readonly records: readonly LogEntry[];
  /** The spans in the spool. */
  readonly spans: readonly SpanEntry[];
}

/** Starts the example. */
export function startFlights(args: readonly string[], surroundings: Surroundings): NodeChild {
  return startNode([flights, ...args], { cwd: surroundings.cwd, env: environmentOf(surroundings), timeoutMs });
}

/** Runs the example to its end. */
export function runFlights(args: readonly string[], surroundings: Surroundings): Promise<NodeChildResult> {
  return startFlights(args, surroundings).ended;
}

/** Runs `runlight` with the example's environment; throws unless it exits with 0. */
export async function askRunlight(args: readonly string[], surroundings: Surroundings): Promise<string> {
  const { stdout, stderr, exitCode } = await runNode([runlight, ...args], {
    cwd: surroundings.cwd,
    env: environmentOf(surroundings),
    timeoutMs,
  });
  if (exitCode !== 0) throw new Error(`runlight ${args.join(" ")} exited with ${exitCode}: ${stdout}${stderr}`);
  return stdout;
}

/** Reads what is known of the newest run. */
export async function readRun(surroundings: Surroundings): Promise<RecordedRun> {
  const summary = JSON.parse(await askRunlight(["show", "latest", "--json"], surroundings)) as RunSummary;
  const logs = await askRunlight(["logs", "latest", "--level", "trace", "--json"], surroundings);
  const store = openStore(join(surroundings.cwd, ".runlight"));
  const found = store.find(summary.runId);
  if (found.kind !== "found") throw new Error(`Cannot find ${summary.runId} in the store`);
  return {
    summary,
    records: (JSON.parse(logs) as { readonly records: readonly LogEntry[] }).records,
    spans: [...store.spans(found.run)],
  };
}

function environmentOf({ endpoint, instance, env = {} }: Surroundings): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${instance}`,
    TZ: "UTC",
    ...env,
  };
}
