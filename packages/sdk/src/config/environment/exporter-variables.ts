import type { Signal } from "@runlight/spool";
import { claim } from "../claims.ts";
import { baseEndpointClaims, headerClaims } from "../exporter-claims.ts";
import { headerList, httpUrl } from "../rules/otlp-rules.ts";
import { oneOf, path, type Rule } from "../rules/rule.ts";
import * as settingRule from "../rules/setting-rules.ts";
import { type ExporterValues, signals } from "../setting-values.ts";
import { type EnvironmentVariable, variable } from "./environment-variable.ts";

/** `OTEL_EXPORTER_OTLP_*`: for all signals first, then for each, which so take their place. */
export const exporterVariables: readonly EnvironmentVariable[] = [
  variable(
    {
      name: "OTEL_EXPORTER_OTLP_ENDPOINT",
      meaning: "Base URL of an OTLP/HTTP receiver; `/v1/<signal>` is added",
      fallback: "none: telemetry stays on disk",
    },
    httpUrl,
    baseEndpointClaims,
  ),
  variable(
    { name: "OTEL_EXPORTER_OTLP_HEADERS", meaning: "Headers of each export request", fallback: "none" },
    headerList,
    (headers) => Object.entries(headers).flatMap(([name, value]) => headerClaims(name, value)),
  ),
  ...exporterSetting("TIMEOUT", "timeoutMs", settingRule.exportTimeout, {
    meaning: "Milliseconds one export request may take",
    fallback: "10000",
  }),
  ...exporterSetting("COMPRESSION", "compression", settingRule.compression, {
    meaning: "Compression of export requests",
    fallback: "none",
  }),
  ...exporterSetting("PROTOCOL", "protocol", oneOf("http/protobuf", "http/json"), {
    meaning: "Encoding of export requests, the same for all signals; `http/json` in mode `direct` only",
    fallback: "http/protobuf",
  }),
  ...exporterSetting("CERTIFICATE", "caFile", path, {
    meaning: "PEM file of the authority that the receiver's certificate is checked against",
    fallback: "those of Node.js",
  }),
  ...exporterSetting("CLIENT_KEY", "keyFile", path, {
    meaning: "PEM file of the client's private key",
    fallback: "none",
  }),
  ...exporterSetting("CLIENT_CERTIFICATE", "certificateFile", path, {
    meaning: "PEM file of the client's certificate",
    fallback: "none",
  }),
  ...signals.flatMap(signalVariables),
];

function signalVariables(signal: Signal): readonly EnvironmentVariable[] {
  const prefix = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}`;
  return [
    variable(
      {
        name: `${prefix}_ENDPOINT`,
        meaning: `URL of the receiver of ${signal}, used as it is`,
        fallback: "from `OTEL_EXPORTER_OTLP_ENDPOINT`",
      },
      httpUrl,
      (url) => [claim(`${signal}.endpoint`, url)],
    ),
    variable(
      {
        name: `${prefix}_HEADERS`,
        meaning: `Further headers for ${signal}; they stand above those for all`,
        fallback: "none",
      },
      headerList,
      (headers) =>
        Object.entries(headers).map(([name, value]) => claim(`${signal}.headers.${name.toLowerCase()}`, value)),
    ),
  ];
}

// The variable for all signals, then those for one.
function exporterSetting<K extends keyof ExporterValues>(
  suffix: string,
  key: K,
  rule: Rule<ExporterValues[K]>,
  { meaning, fallback }: Pick<EnvironmentVariable, "fallback" | "meaning">,
): readonly EnvironmentVariable[] {
  const general = `OTEL_EXPORTER_OTLP_${suffix}`;
  return [
    variable({ name: general, meaning, fallback }, rule, (value) =>
      signals.map((signal) => ({ key: `${signal}.${key}`, value })),
    ),
    ...signals.map((signal) =>
      variable(
        {
          name: `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${suffix}`,
          meaning: `The same for ${signal}`,
          fallback: `\`${general}\``,
        },
        rule,
        (value) => [{ key: `${signal}.${key}`, value }],
      ),
    ),
  ];
}
