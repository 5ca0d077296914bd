import { join } from "node:path";
import { runNode, temporaryDirectory, waitUntil } from "../../packages/testing/src/index.ts";
import { root } from "../workspace/root.ts";

/** On a new machine the programs are built first, or another process does and this one waits. */
export const buildTimeoutMs = 60 * 60_000;

/** Every test file takes the same ports: one runs after the other. */
const portOffset = 15_000;
const stopTimeoutMs = 120_000;

/** A part of the stack, by the name that `stack` gives it. */
export type PartName = "alertmanager" | "collector" | "loki" | "prometheus" | "tempo";

/** The real backends, with ports and data of their own. */
export interface NativeStack extends AsyncDisposable {
  /** Where data, logs and configuration are. */
  readonly directory: string;
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` names. */
  readonly endpoint: string;
  readonly tempo: string;
  readonly loki: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  /** Text with the addresses of a stack on its own ports, as documents write them, turned into those of this one. */
  withPorts(text: string): string;
  /** Starts what does not run, as `stack up` does. */
  up(): Promise<void>;
  /** Ends one part and leaves the others at work. */
  stop(part: PartName): Promise<void>;
  /** Sends a signal to one part. */
  signal(part: PartName, signal: NodeJS.Signals): Promise<void>;
}

/** Ports of the parts that tests and documents name. */
const ports = { collector: 4318, tempo: 3200, loki: 3100, prometheus: 9090, alertmanager: 9093 } as const;

interface PartStatus {
  readonly name: PartName;
  readonly state: string;
  readonly pid?: number;
}

/**
 * Starts all five programs and waits until they are ready; what was not built yet is built.
 *
 * @param args More for `stack up`.
 */
export async function startStack(args: readonly string[] = []): Promise<NativeStack> {
  const home = temporaryDirectory();
  const directory = join(home.path, "stack");
  const stack = (args: readonly string[], timeoutMs: number): ReturnType<typeof runNode> => {
    const { XDG_CACHE_HOME: cache } = process.env;
    const env = cache === undefined ? {} : { XDG_CACHE_HOME: cache };
    const main = join(root, "packages/cli/dist/main.js");
    return runNode([main, "stack", ...args, "--data", directory], { cwd: home.path, env, timeoutMs });
  };
  const address = (port: number): string => `http://127.0.0.1:${port + portOffset}`;
  const up = async (): Promise<void> => {
    const { exitCode, stderr } = await stack(["up", "--port-offset", String(portOffset), ...args], buildTimeoutMs);
    if (exitCode !== 0) throw new Error(stderr);
  };
  const statusOf = async (part: PartName): Promise<PartStatus> => {
    const { stdout } = await stack(["status", "--json"], stopTimeoutMs);
    const { parts } = JSON.parse(stdout) as { readonly parts: readonly PartStatus[] };
    const status = parts.find(({ name }) => name === part);
    if (status === undefined) throw new Error(`Cannot find ${part}: ${stdout}`);
    return status;
  };
  const signal = async (part: PartName, signal: NodeJS.Signals): Promise<void> => {
    const { pid } = await statusOf(part);
    if (pid === undefined) throw new Error(`Cannot send ${signal}: ${part} does not run`);
    process.kill(pid, signal);
  };
  const down = async (): Promise<void> => {
    await stack(["down"], stopTimeoutMs);
    home[Symbol.dispose]();
  };

  try {
    await up();
  } catch (error) {
    await down();
    throw error;
  }
  return {
    directory,
    endpoint: address(ports.collector),
    tempo: address(ports.tempo),
    loki: address(ports.loki),
    prometheus: address(ports.prometheus),
    alertmanager: address(ports.alertmanager),
    withPorts: (text) =>
      Object.values(ports).reduce(
        (moved, port) => moved.replaceAll(`127.0.0.1:${port}/`, `127.0.0.1:${port + portOffset}/`),
        text,
      ),
    up,
    async stop(part) {
      await signal(part, "SIGTERM");
      await waitUntil(async () => (await statusOf(part)).state === "dead", { timeoutMs: stopTimeoutMs });
    },
    signal,
    [Symbol.asyncDispose]: down,
  };
}
