import type { LocatedProgram } from "./locate-program.ts";
import { describePortHolder, findPortHolder } from "./port-holder.ts";
import { portsOf } from "./ports.ts";
import { isRunning } from "./process-identity.ts";
import type { Program } from "./programs.ts";
import { waitUntilReady } from "./readiness.ts";
import { lastLogLines, logPath, startServiceProcess, stopServiceProcess } from "./service-process.ts";
import type { Service, ServiceSettings } from "./services.ts";
import { recordPart } from "./stack-state.ts";
import type { StackUpReport } from "./stack-up-settings.ts";
import { stopSettings } from "./stop-settings.ts";

const readyTimeoutMs = 120_000;

/** One part to start. */
export interface PartToStart {
  readonly program: Program;
  readonly service: Service;
  readonly located: LocatedProgram;
  readonly settings: ServiceSettings;
  readonly report: StackUpReport;
}

/**
 * Starts a part, waits until it is ready and records it; gives what went wrong, or nothing.
 * A part that is not ready within two minutes is stopped.
 */
export async function startPart(part: PartToStart): Promise<string | undefined> {
  try {
    return await tryToStart(part);
  } catch (error) {
    return (error as Error).message;
  }
}

async function tryToStart(part: PartToStart): Promise<string | undefined> {
  const { program, service, located, settings, report } = part;
  const { directories, portOffset } = settings;
  const log = logPath(directories, program.name);
  const taken: string[] = [];
  for (const [name, port] of Object.entries(portsOf(program.name, portOffset))) {
    const holder = await findPortHolder(port);
    if (holder !== undefined) taken.push(`port ${port} (${name}) is held by ${describePortHolder(holder)}`);
  }
  if (taken.length > 0) return `${taken.join("; ")}. Stop it, or move the stack with --port-offset`;

  report.starts(program, located);
  service.prepare();
  const identity = await startServiceProcess(service, located.executable, directories);
  const { executable, version } = located;
  recordPart(directories.root, program.name, {
    process: identity,
    executable,
    version,
    startedAt: new Date().toISOString(),
  });

  const ready = await waitUntilReady(service.readyUrl, readyTimeoutMs, () => isRunning(identity));
  if (ready === "ready") return undefined;
  await stopServiceProcess(identity, stopSettings(program.name, portOffset));
  recordPart(directories.root, program.name, undefined);
  const reason =
    ready === "ended"
      ? "it ended while starting"
      : `it was not ready within ${readyTimeoutMs / 1000} s and was stopped`;
  return [`${reason}; log: ${log}`, ...lastLogLines(log, 5).map((line) => `    ${line}`)].join("\n");
}
