import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import {
  ATTR_WORKFLOW_DEFINITION_NAME,
  EVENT_TELEMETRY_STARTED,
  METRIC_RUNLIGHT_RUN_LOST,
  RESOURCE_SERVICE_NAME,
} from "@runlight/conventions/names";
import {
  countMetric,
  createApiSink,
  emitEvent,
  setHeartbeatInterval,
  setOperationSink,
  setProcessContext,
} from "@runlight/core";
import { recoverSpools } from "@runlight/spool";
import { forEachSignal } from "./account.ts";
import type { TelemetryAccount } from "./account.ts";
import type { TelemetrySettings } from "./config/telemetry-settings.ts";
import { tellUnseen } from "./fast-lane/tell-unseen.ts";
import { startLife } from "./lifecycle/life.ts";
import { within } from "./lifecycle/within.ts";
import { createOperationMetrics } from "./operation-metrics/operation-metrics.ts";
import { chooseOutlet } from "./outlet/choose-outlet.ts";
import { createLogContextAttributes, createSpanContextAttributes } from "./pipeline/context-attributes.ts";
import { createRunNotes } from "./pipeline/run-notes.ts";
import { registerInstrumentations } from "./providers/instrumentations.ts";
import { bridgeLegacyLogs } from "./providers/legacy-logs.ts";
import { startNodeSdk } from "./providers/node-sdk.ts";
import { contextOfParentProcess } from "./providers/parent-process.ts";
import { registerProviders, signalsOfOthers } from "./providers/providers.ts";
import { createResource } from "./providers/resource.ts";
import { createRunIdGenerator } from "./providers/run-id-generator.ts";
import { createRedactor } from "./redaction/redactor.ts";
import { registerDiagnostics } from "./self/diagnostics.ts";
import { createObservers } from "./self/observers.ts";
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
  const others = signalsOfOthers();
  const measured = settings.fastLane && settings.metrics !== "none" && !others.has("metrics");
  const operationMetrics = measured ? createOperationMetrics(resource) : undefined;
  // Where somebody else's provider stays, what Runlight emits goes through it.
  const fastResource = settings.fastLane && others.size === 0 ? resource : undefined;
  const outlet = await chooseOutlet({ settings, serviceName, redactor, trouble, operationMetrics, fastResource });
  if (outlet.operationSink !== undefined) tellUnseen(settings, trouble);

  const idGenerator = createRunIdGenerator();
  const parts = {
    settings,
    resource,
    idGenerator,
    // The user's before ours: what they change is seen by what writes.
    spanProcessors: [createSpanContextAttributes(), ...(settings.parts.spanProcessors ?? []), ...outlet.spanProcessors],
    logRecordProcessors: [
      createLogContextAttributes(),
      ...(settings.parts.logRecordProcessors ?? []),
      createRunNotes(),
      ...outlet.logRecordProcessors,
    ],
    // A reader without a provider has nothing to read.
    metricReaders: others.has("metrics") ? [] : [...(settings.parts.metricReaders ?? []), ...outlet.metricReaders],
  };
  if (outlet.state === "direct") await startNodeSdk(parts, others);
  else registerProviders(parts, others);
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
  const ids = others.has("traces") ? {} : { beforeRootSpan: (runId: string) => idGenerator.announceRun(runId) };
  const cells = outlet.state === "spool" ? operationMetrics : undefined;
  setOperationSink(
    outlet.operationSink ?? createApiSink({ ...ids, ...(cells === undefined ? {} : { record: cells.record }) }),
  );
  setProcessContext(contextOfParentProcess(process.env));

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
  const observers = createObservers({ settings, outlet, observesRuns: cells !== undefined });
  // They make instruments, and with the first of those the stock SDK is loaded: no earlier than somebody looks.
  if (others.has("metrics") || !outlet.startMetrics(() => observers.start())) observers.start();
  const watchers = startWatchers({ settings, outlet, redactor, trouble, account });
  const life = startLife({
    settings,
    parts,
    outlet,
    trouble,
    account,
    beforeEnd() {
      observers.stop();
      watchers.stop();
    },
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
  for (const { workflowName } of await recoverSpools(join(directory, "spool"))) {
    if (workflowName !== undefined)
      countMetric(METRIC_RUNLIGHT_RUN_LOST, 1, { [ATTR_WORKFLOW_DEFINITION_NAME]: workflowName });
  }
}
