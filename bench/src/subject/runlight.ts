import { createLogger, emitEvent, initTelemetry, kernel, stage } from "@runlight/sdk";
import type { Telemetry, TelemetryConfig } from "@runlight/sdk";
import { attributes, fields, nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** A workload of ours: what is switched on, what one operation is, what it sends. */
type Workload = Pick<Subject, "operate" | "sends"> & { readonly environment?: Readonly<Record<string, string>> };

const spansOnly = { OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };
const flushMs = 60_000;
/** Bytes on the way to the receiver beyond which a measurement waits, so that retention deletes nothing. */
const maxPendingBytes = 128 * 1024 * 1024;

/** Telemetry as `initTelemetry()` sets it up. */
export function start(settings: SubjectSettings): Promise<Subject> {
  return startWith(settings, {});
}

/** The same with further options. */
export async function startWith(
  { workload: name, endpoint, directory }: SubjectSettings,
  config: TelemetryConfig,
): Promise<Subject> {
  const workload = await workloadNamed(name);
  Object.assign(process.env, workload.environment);
  const isOff = name === "off";
  const telemetry = await initTelemetry({
    service: "bench",
    ...(endpoint === "" ? {} : { endpoint }),
    directory,
    ...(name === "default" ? {} : { hostMetrics: false }),
    ...(isOff ? { mode: "off" } : {}),
    ...config,
  });
  const sendsLogs = !isOff && workload.environment === undefined;
  return {
    operate: workload.operate,
    sends: workload.sends,
    // The record that telemetry has started.
    ...(sendsLogs ? { sendsOnce: { spans: 0, logRecords: 1 } } : {}),
    drain: createDrain(telemetry),
    flush: () => flush(telemetry),
    account: () => accountOf(telemetry),
    buffered: () => ({
      sizeBytes: telemetry.account().bufferedBytes,
      boundBytes: telemetry.settings.bounds.maxBufferBytes,
    }),
  };
}

async function workloadNamed(name: string): Promise<Workload> {
  const options = { attributes };
  // Declared synchronous; a version without that option passes over it.
  const synchronous = { attributes, synchronous: true };
  switch (name) {
    case "span":
      return {
        environment: spansOnly,
        operate: (work) => kernel("convolve", options, work),
        sends: { spans: 1, logRecords: 0 },
      };
    case "stage-span":
      return {
        environment: spansOnly,
        operate: (work) => stage("convolve", options, work),
        sends: { spans: 1, logRecords: 0 },
      };
    case "unsampled":
      return {
        environment: { ...spansOnly, OTEL_TRACES_SAMPLER: "always_off" },
        operate: (work) => kernel("convolve", options, work),
        sends: nothing,
      };
    case "off":
      return { operate: (work) => kernel("convolve", options, work), sends: nothing };
    case "default":
    case "all":
      return { operate: (work) => stage("convolve", options, work), sends: { spans: 1, logRecords: 2 } };
    case "kernel":
      return { operate: (work) => kernel("convolve", synchronous, work), sends: { spans: 1, logRecords: 0 } };
    case "span-and-log": {
      const event = await rowsChecked();
      return {
        operate: (work) =>
          kernel("convolve", options, () => {
            work();
            emitEvent(event);
          }),
        sends: { spans: 1, logRecords: 1 },
      };
    }
    case "log": {
      const event = await rowsChecked();
      return { operate: () => emitEvent(event), sends: { spans: 0, logRecords: 1 } };
    }
    case "logger": {
      const logger = createLogger({ name: "bench", console: false });
      return { operate: () => void logger.info("rows checked", fields), sends: { spans: 0, logRecords: 1 } };
    }
    default:
      throw unknownWorkload("Runlight", name);
  }
}

/** The record of a workload. The names are loaded here, as initTelemetry() does not load them, and a program hardly does. */
async function rowsChecked(): Promise<Parameters<typeof emitEvent>[0]> {
  const { EVENT_DATA_QUALITY_CHECK } = await import("@runlight/conventions/names");
  return { eventName: EVENT_DATA_QUALITY_CHECK, severity: "INFO", attributes: fields, body: "rows checked" };
}

/** Looks at what waits for the receiver at every 64th turn only: asking reads the spool's directory. */
function createDrain(telemetry: Telemetry): () => Promise<void> {
  let turns = 0;
  return async () => {
    await turn();
    if (++turns % 64 !== 0) return;
    const { traces, logs } = telemetry.account().signals;
    if (traces.pending + logs.pending > maxPendingBytes) await flush(telemetry);
  };
}

async function flush(telemetry: Telemetry): Promise<void> {
  if (!(await telemetry.flush(flushMs)))
    throw new Error(`Telemetry did not arrive: ${telemetry.account().lastError ?? "no reason"}`);
}

/** What telemetry says became of its spans and records. */
function accountOf(telemetry: Telemetry): string {
  const { signals, lastError = "no error" } = telemetry.account();
  const told = Object.entries({ spans: signals.traces, records: signals.logs }).map(
    ([what, { kept, shipped, pending, dropped }]) =>
      `${what}: ${kept} kept, ${shipped} shipped, ${pending} B pending, dropped ${JSON.stringify(dropped)}`,
  );
  return `${told.join("; ")}; ${lastError}`;
}
