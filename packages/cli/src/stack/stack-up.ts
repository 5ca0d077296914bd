import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { withLock } from "./exclusive-lock.ts";
import { obtainPrograms } from "./obtain-programs.ts";
import { isRunning } from "./process-identity.ts";
import { programs } from "./programs.ts";
import type { Program } from "./programs.ts";
import { waitUntilReady } from "./readiness.ts";
import { stopServiceProcess } from "./service-process.ts";
import { serviceOf, stackDirectories } from "./services.ts";
import type { Service, ServiceSettings } from "./services.ts";
import { stackLockPath } from "./stack-down.ts";
import { readStackState, recordPart, writeStackState } from "./stack-state.ts";
import type { StackState } from "./stack-state.ts";
import type { StackUpSettings } from "./stack-up-settings.ts";
import { startPart } from "./start-part.ts";
import { stopSettings } from "./stop-settings.ts";

const hungTimeoutMs = 10_000;
const lockTimeoutMs = 120 * 60_000;

/** How one part came out. */
export interface PartUp {
  readonly program: Program;
  readonly outcome: "already running" | "started" | "restarted" | "failed" | "missing";
  readonly url: string;
  /** Why it failed, with its log. */
  readonly problem?: string;
}

/**
 * Brings the asked parts up: those that run are left alone, dead or hung ones are started anew, missing programs are built.
 * One part's failure does not stop the others.
 *
 * @throws RangeError when a stack with another port offset runs in the same directory.
 */
export async function startStack(settings: StackUpSettings): Promise<readonly PartUp[]> {
  const { root, report } = settings;
  return withLock(stackLockPath(root), { timeoutMs: lockTimeoutMs, onWait: report.waits }, async () => {
    const state = readStackState(root);
    const portOffset = choosePortOffset(state, settings);
    const webhookUrlFile = chooseWebhookUrlFile(state, settings);
    const webhook = webhookUrlFile === undefined ? {} : { webhookUrlFile };
    const wanted = [...new Set([...state.wanted, ...settings.wanted])];
    writeStackState(root, { ...state, portOffset, wanted, ...webhook });

    const directories = stackDirectories(root);
    const { stackRoot, prometheusArgs } = settings;
    const flags = prometheusArgs === undefined ? {} : { prometheusArgs };
    const serviceSettings: ServiceSettings = { stackRoot, directories, portOffset, ...webhook, ...flags };
    const asked = programs.filter((program) => settings.wanted.includes(program.name));
    const services = new Map(asked.map((program) => [program, serviceOf(program.name, serviceSettings)]));

    const running = new Set<Program>();
    const look = async (program: Program, service: Service): Promise<void> => {
      if (await isAlreadyUp(program, service, state, settings)) running.add(program);
    };
    await Promise.all([...services].map(([program, service]) => look(program, service)));

    const toStart = asked.filter((program) => !running.has(program));
    const found = await obtainPrograms(toStart, services, settings);
    const start = async (program: Program): Promise<PartUp> => {
      const service = services.get(program) as Service;
      if (running.has(program)) {
        reloadWhenChanged(program, service, settings);
        return { program, outcome: "already running", url: service.url };
      }
      const source = found.get(program);
      if (source === undefined || "problem" in source) {
        return { program, outcome: "missing", url: service.url, problem: source?.problem ?? "not found" };
      }
      const problem = await startPart({ program, service, located: source, settings: serviceSettings, report });
      if (problem !== undefined) return { program, outcome: "failed", url: service.url, problem };
      return { program, outcome: state.parts[program.name] === undefined ? "started" : "restarted", url: service.url };
    };
    return Promise.all(asked.map(start));
  });
}

function choosePortOffset(state: StackState, settings: StackUpSettings): number {
  const portOffset = settings.portOffset ?? state.portOffset;
  const runs = Object.values(state.parts).some((part) => isRunning(part.process));
  if (runs && portOffset !== state.portOffset) {
    throw new RangeError(
      `Cannot start the stack: --port-offset must be ${state.portOffset} while the stack in ${settings.root} runs with it, current value is ${portOffset}`,
    );
  }
  return portOffset;
}

function chooseWebhookUrlFile(state: StackState, settings: StackUpSettings): string | undefined {
  if (settings.webhookUrlFile === undefined) return state.webhookUrlFile;
  const path = resolve(settings.webhookUrlFile);
  if (!existsSync(path)) {
    throw new RangeError(
      `Cannot send alerts: --webhook-url-file must name a file that holds a URL, current value is ${path}`,
    );
  }
  return path;
}

/** Prometheus and Alertmanager, the two that run with copies, read them again at SIGHUP. */
function reloadWhenChanged(program: Program, service: Service, settings: StackUpSettings): void {
  const part = readStackState(settings.root).parts[program.name];
  if (part === undefined || !service.prepare()) return;
  process.kill(part.process.pid, "SIGHUP");
  settings.report.notes(`${program.title} reads its changed configuration`);
}

async function isAlreadyUp(
  program: Program,
  service: Service,
  state: StackState,
  settings: StackUpSettings,
): Promise<boolean> {
  const part = state.parts[program.name];
  if (part === undefined) return false;
  const ready = await waitUntilReady(service.readyUrl, hungTimeoutMs, () => isRunning(part.process));
  if (ready === "ready") return true;
  if (ready === "timeout") {
    settings.report.notes(`${program.title} (process ${part.process.pid}) does not answer and is started anew`);
    await stopServiceProcess(part.process, stopSettings(program.name, state.portOffset));
  } else {
    settings.report.notes(`${program.title} (process ${part.process.pid}) is gone and is started anew`);
  }
  recordPart(settings.root, program.name, undefined);
  return false;
}
