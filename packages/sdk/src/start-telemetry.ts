import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { EVENT_TELEMETRY_STARTED, RESOURCE_SERVICE_NAME } from "@runlight/conventions/names";
import { createApiSink, emitEvent, setHeartbeatInterval, setOperationSink } from "@runlight/core";
import { recoverSpools } from "@runlight/spool";
import { forEachSignal } from "./account.ts";
import type { TelemetryAccount } from "./account.ts";
import type { TelemetrySettings } from "./config/telemetry-settings.ts";
import { startLife } from "./lifecycle/life.ts";
import { within } from "./lifecycle/within.ts";
import { chooseOutlet } from "./outlet/choose-outlet.ts";
import { createRunNotes } from "./pipeline/run-notes.ts";
import { registerInstrumentations } from "./providers/instrumentations.ts";
import { bridgeLegacyLogs } from "./providers/legacy-logs.ts";
import { startNodeSdk } from "./providers/node-sdk.ts";
import { registerProviders, signalsOfOthers } from "./providers/providers.ts";
import { createResource } from "./providers/resource.ts";
import { createRunIdGenerator } from "./providers/run-id-generator.ts";
import { createRedactor } from "./redaction/redactor.ts";
import { registerDiagnostics } from "./self/diagnostics.ts";
import { createTrouble } from "./self/trouble.ts";
import { startWatchers } from "./self/watchers.ts";
import type { Telemetry } from "./telemetry.ts";

/** Longest that the start waits for what gone processes left to be closed; it goes on behind. */
const recoveryMs = 2000;

/** Switches telemetry on as the settings say. */
export async function startTelemetry(settings: TelemetrySettings): Promise<Telemetry> {
  const trouble = createTrouble();
  registerDiagnostics(trouble, settings.diagnosticLevel);
  const redactor = createRedactor(settings.redactKeys);
  const resource = createResource(settings.resourceAttributes, redactor);
  const serviceName = String(resource.attributes[RESOURCE_SERVICE_NAME]);
  const outlet = await chooseOutlet({ settings, serviceName, redactor, trouble });

  const others = signalsOfOthers();
  const idGenerator = createRunIdGenerator();
  const parts = {
    settings,
    resource,
    idGenerator,
    // The user's before ours: what they change is seen by what writes.
    spanProcessors: [...(settings.parts.spanProcessors ?? []), ...outlet.spanProcessors],
    logRecordProcessors: [
      ...(settings.parts.logRecordProcessors ?? []),
      createRunNotes(),
      ...outlet.logRecordProcessors,
    ],
    // A reader without a provider has nothing to read.
    metricReaders: others.has("metrics") ? [] : [...(settings.parts.metricReaders ?? []), ...outlet.metricReaders],
  };
  const meterProvider =
    outlet.state === "direct" ? await startNodeSdk(parts, others) : registerProviders(parts, others);
  if (others.size > 0) {
    const names = [...others].join(", ");
    trouble.tell(
      "others",
      `Somebody else has registered an OpenTelemetry provider (${names}); it stays, and what Runlight emits goes through it`,
    );
  }
  if (!others.has("logs")) bridgeLegacyLogs();
  await registerInstrumentations(settings.parts.instrumentations);

  setHeartbeatInterval(settings.heartbeatIntervalMs);
  // Only our own provider asks the generator for ids.
  setOperationSink(
    createApiSink(others.has("traces") ? {} : { beforeRootSpan: (runId) => idGenerator.announceRun(runId) }),
  );

  const account = (): TelemetryAccount => {
    const { failures: _, ...told } = outlet.account();
    return {
      ...told,
      lastError: told.lastError ?? trouble.last,
      signals: forEachSignal((signal) => ({
        ...told.signals[signal],
        provider: others.has(signal) ? "other" : "runlight",
      })),
    };
  };
  const watchers = startWatchers({ settings, outlet, redactor, trouble, account });
  const life = startLife({
    settings,
    parts,
    outlet,
    meterProvider,
    trouble,
    account,
    beforeEnd: () => watchers.stop(),
    afterEnd: () => setOperationSink(undefined),
  });
  emitEvent({ eventName: EVENT_TELEMETRY_STARTED, severity: "DEBUG", attributes: {} });
  if (outlet.state === "spool" && isMainThread) await within(recoveryMs, recover(settings.directory));
  return {
    settings,
    flush: (timeoutMs = settings.shutdownTimeoutMs) => life.flush(timeoutMs),
    shutdown: (timeoutMs = settings.shutdownTimeoutMs) => life.shutdown(timeoutMs),
    account,
  };
}

async function recover(directory: string): Promise<void> {
  await recoverSpools(join(directory, "spool"));
}
