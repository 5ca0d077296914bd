import { resolve } from "node:path";
import type { SourceReading } from "./claims.ts";
import { readEnvironment } from "./environment/read-environment.ts";
import { toldInOrder } from "./faults.ts";
import { findConfigFile } from "./file/config-file-place.ts";
import { readOptions } from "./options/read-options.ts";
import { resolveBatch, resolveMetricTimeout, resolveSpoolBounds } from "./resolve-bounds.ts";
import { resolveEndpoints } from "./resolve-endpoints.ts";
import { resolveLogRecordLimits, resolveSpanLimits } from "./resolve-limits.ts";
import { resolveResource } from "./resolve-resource.ts";
import { createPropagator } from "./rules/propagator-names.ts";
import { createSampler } from "./rules/sampler-names.ts";
import { runlightDefaults } from "./runlight-settings.ts";
import { createSettingChoice, type SettingChoice } from "./setting-choice.ts";
import { type ConfigFault, TelemetryConfigError } from "./telemetry-config-error.ts";
import type { TelemetryConfig } from "./telemetry-config.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/**
 * Resolves what was given to `initTelemetry()`, the environment and the configuration file to settings:
 * options stand above variables, those above the file, that above the defaults.
 *
 * Starts nothing. It reads the file, where there is one (about 150 ms, mostly to prepare the schema), and looks at TLS files and `package.json`.
 * When an option or a variable switches telemetry off, the file is not read and faults of the environment do not count,
 * so that `OTEL_SDK_DISABLED=true` always works.
 *
 * @param workingDirectory what relative paths are relative to
 * @throws TelemetryConfigError with all faults of all three
 */
export async function resolveSettings(
  config: TelemetryConfig,
  environment: NodeJS.ProcessEnv,
  workingDirectory: string,
): Promise<TelemetrySettings> {
  const options = readOptions(config);
  const variables = readEnvironment(environment);
  const given = createSettingChoice([options.claims, variables.claims]);
  if (given.find("disabled")?.value === true || given.find("mode")?.value === "off") {
    return settle([options, { ...variables, faults: [] }], { config, workingDirectory, file: undefined });
  }
  const place = findConfigFile(given.find("file"), workingDirectory);
  const readings = [options, variables];
  if (place !== undefined) {
    // Loads the parser and the schema, which a program without a file shall not wait for.
    const { readConfigFile } = await import("./file/read-config-file.ts");
    readings.push(readConfigFile(place, environment));
  }
  return settle(readings, { config, workingDirectory, file: place?.path });
}

interface Surroundings {
  readonly config: TelemetryConfig;
  readonly workingDirectory: string;
  readonly file: string | undefined;
}

function settle(readings: readonly SourceReading[], surroundings: Surroundings): TelemetrySettings {
  const choice = createSettingChoice(readings.map(({ claims }) => claims));
  const faults = readings.flatMap((reading) => reading.faults);
  const settings = combine(choice, faults, surroundings);
  if (faults.length > 0) throw new TelemetryConfigError(toldInOrder(faults));
  return { ...settings, parts: partsOf(surroundings.config) };
}

function combine(
  choice: SettingChoice,
  faults: ConfigFault[],
  { workingDirectory, file }: Surroundings,
): Omit<TelemetrySettings, "parts"> {
  const { choose, find, note, unite } = choice;
  if (file !== undefined && find("file") === undefined) note("file", file);
  const chosenMode = choose("mode", runlightDefaults.mode);
  const enabled = !choose("disabled", false) && chosenMode !== "off";
  const mode = chosenMode === "off" ? "spool" : chosenMode;
  const { faults: endpointFaults, ...endpoints } = resolveEndpoints(choice, mode, workingDirectory);
  // What is off reaches no receiver, so nothing of one can be wrong.
  if (enabled) faults.push(...endpointFaults);
  const metricIntervalMs = choose("metricIntervalMs", runlightDefaults.metricIntervalMs);
  return {
    enabled,
    mode,
    directory: resolve(workingDirectory, choose("directory", runlightDefaults.directory)),
    file,
    diagnosticLevel: find("diagnosticLevel")?.value,
    resourceAttributes: resolveResource(choice, workingDirectory),
    ...endpoints,
    sampler: choose("sampler", createSampler("parentbased_always_on", 1)),
    spanLimits: resolveSpanLimits(choice),
    logRecordLimits: resolveLogRecordLimits(choice),
    propagator: choose("propagator", createPropagator(["tracecontext", "baggage"])),
    views: choose("views", []),
    bounds: resolveSpoolBounds(choice),
    spanBatch: resolveBatch(choice, "spanBatch", faults),
    logRecordBatch: resolveBatch(choice, "logRecordBatch", faults),
    redactKeys: unite("redactKeys", runlightDefaults.redactKeys),
    heartbeatIntervalMs: choose("heartbeatIntervalMs", runlightDefaults.heartbeatIntervalMs),
    metricIntervalMs,
    metricTimeoutMs: resolveMetricTimeout(choice, metricIntervalMs, faults),
    shutdownTimeoutMs: choose("shutdownTimeoutMs", runlightDefaults.shutdownTimeoutMs),
    hostMetrics: choose("hostMetrics", runlightDefaults.hostMetrics),
    fastLane: choose("fastLane", runlightDefaults.fastLane),
    captureConsole: choose("captureConsole", runlightDefaults.captureConsole),
    display: choose("display", runlightDefaults.display),
    jobEndTimeMs: find("jobEndTime")?.value,
    wallTimeNoticeMs: choose("wallTimeNoticeMs", runlightDefaults.wallTimeNoticeMs),
    checkpointSignal: choose("checkpointSignal", runlightDefaults.checkpointSignal),
    checkpointTimeoutMs: choose("checkpointTimeoutMs", runlightDefaults.checkpointTimeoutMs),
    origins: choice.origins,
  };
}

function partsOf(config: TelemetryConfig): TelemetrySettings["parts"] {
  const { checkpoint, instrumentations, spanProcessors, logRecordProcessors, metricReaders } = config;
  return {
    ...(checkpoint && { checkpoint }),
    ...(instrumentations && { instrumentations }),
    ...(spanProcessors && { spanProcessors }),
    ...(logRecordProcessors && { logRecordProcessors }),
    ...(metricReaders && { metricReaders }),
  };
}
