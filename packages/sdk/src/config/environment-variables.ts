import { RESOURCE_SERVICE_NAME } from "@runlight/conventions/names";
import { claim } from "./claims.ts";
import { type EnvironmentVariable, variable } from "./environment/environment-variable.ts";
import { exporterVariables } from "./environment/exporter-variables.ts";
import { batchVariables, limitVariables } from "./environment/limit-variables.ts";
import { diagnosticLevel } from "./rules/log-level.ts";
import { attributeList } from "./rules/otlp-rules.ts";
import { propagatorList } from "./rules/propagator-names.ts";
import { oneOf, path, type Rule, someText, trueOrFalse } from "./rules/rule.ts";
import { samplerName, samplerRatio } from "./rules/sampler-names.ts";
import * as settingRule from "./rules/setting-rules.ts";
import { slurmTime } from "./rules/wall-time-rules.ts";
import { runlightSettings } from "./runlight-settings.ts";
import { signals } from "./setting-values.ts";

/** Every environment variable that is read, in the order of the documentation. A later one stands above an earlier one. */
export const environmentVariables: readonly EnvironmentVariable[] = [
  variable(
    { name: "OTEL_SDK_DISABLED", meaning: "Switch telemetry off", fallback: "false" },
    trueOrFalse,
    (disabled) => [claim("disabled", disabled)],
  ),
  variable(
    {
      name: "OTEL_CONFIG_FILE",
      meaning: "Configuration file, relative to the working directory",
      fallback: "`runlight.yaml` in the working directory, where there is one",
    },
    path,
    (file) => [claim("file", file)],
  ),
  variable(
    { name: "OTEL_LOG_LEVEL", meaning: "Level of OpenTelemetry's own diagnostics", fallback: "none set" },
    diagnosticLevel,
    (level) => [claim("diagnosticLevel", level)],
  ),
  variable(
    { name: "OTEL_RESOURCE_ATTRIBUTES", meaning: "Resource attributes", fallback: "none" },
    attributeList,
    (attributes) => Object.entries(attributes).map(([name, value]) => claim(`resourceAttributes.${name}`, value)),
  ),
  variable(
    { name: "OTEL_SERVICE_NAME", meaning: "`service.name`", fallback: "the name in the nearest `package.json`" },
    someText,
    (name) => [claim(`resourceAttributes.${RESOURCE_SERVICE_NAME}`, name)],
  ),
  variable(
    {
      name: "OTEL_PROPAGATORS",
      meaning: "How context enters and leaves the process",
      fallback: "tracecontext,baggage",
    },
    propagatorList,
    (propagator) => [claim("propagator", propagator)],
  ),
  // These two make one sampler: read-environment.ts claims it.
  variable(
    { name: "OTEL_TRACES_SAMPLER", meaning: "Which traces are kept", fallback: "parentbased_always_on" },
    samplerName,
    () => [],
  ),
  variable(
    { name: "OTEL_TRACES_SAMPLER_ARG", meaning: "Share of the traces that a ratio sampler keeps", fallback: "1" },
    samplerRatio,
    () => [],
  ),
  ...signals.map((signal) =>
    variable(
      {
        name: `OTEL_${signal.toUpperCase()}_EXPORTER`,
        meaning: `\`none\` discards ${signal} at the source; \`otlp\` sends them, to \`http://localhost:4318\` where no endpoint is given`,
        fallback: "otlp, where an endpoint is given",
      },
      oneOf("otlp", "none"),
      (exporter) => [claim(`${signal}.exporter`, exporter)],
    ),
  ),
  ...exporterVariables,
  variable(
    { name: "OTEL_METRIC_EXPORT_INTERVAL", meaning: "Milliseconds between metric exports", fallback: "60000" },
    settingRule.metricInterval,
    (intervalMs) => [claim("metricIntervalMs", intervalMs)],
  ),
  variable(
    {
      name: "OTEL_METRIC_EXPORT_TIMEOUT",
      meaning: "Milliseconds one metric export may take, at most the interval; mode `direct` only",
      fallback: "30000, or the interval where that is shorter",
    },
    settingRule.exportTimeout,
    (timeoutMs) => [claim("metricTimeoutMs", timeoutMs)],
  ),
  onlyValue("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "Temporality of metrics", settingRule.temporality),
  onlyValue(
    "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
    "Aggregation of histograms without a view",
    settingRule.histogramAggregation,
  ),
  variable(
    {
      name: "OTEL_METRICS_EXEMPLAR_FILTER",
      meaning: "Which measurements are kept as exemplars; there are none so far",
      fallback: "trace_based",
    },
    settingRule.exemplarFilter,
    () => [],
  ),
  ...limitVariables,
  ...batchVariables,
  variable(
    {
      name: "SLURM_JOB_END_TIME",
      meaning: "When Slurm will end the job; `RUNLIGHT_JOB_END_TIME` stands above it",
      fallback: "none",
    },
    slurmTime,
    (timeMs) => (timeMs === "unknown" ? [] : [claim("jobEndTime", timeMs)]),
  ),
  ...runlightSettings.flatMap(({ variable: name, meaning, values, fallback, parse }) => {
    if (name === undefined) return [];
    const read: EnvironmentVariable["read"] = (text) => {
      const claimed = parse(text);
      return claimed === undefined ? undefined : [claimed];
    };
    return [{ name, meaning, values, fallback, secret: false, read }];
  }),
];

// A variable of the specification of which we have one value only: any other would promise what does not happen.
function onlyValue(name: string, meaning: string, rule: Rule<string>): EnvironmentVariable {
  return variable({ name, meaning, fallback: rule.text }, rule, () => []);
}
