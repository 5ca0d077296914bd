import { ATTR_DEPLOYMENT_ENVIRONMENT_NAME } from "@opentelemetry/semantic-conventions";
import { RESOURCE_SERVICE_NAME, RESOURCE_SERVICE_VERSION } from "@runlight/conventions/names";
import { claim } from "../claims.ts";
import { baseEndpointClaims, headerClaims } from "../exporter-claims.ts";
import { isRecord } from "../is-record.ts";
import { headerValue, httpUrl, isHeaderName } from "../rules/otlp-rules.ts";
import * as part from "../rules/part-rules.ts";
import { path, someText } from "../rules/rule.ts";
import { runlightSettings } from "../runlight-settings.ts";
import { listOption, option, type OptionEntry, readEntries, recordOption } from "./option-entry.ts";

const spoolPrefix = "spool.";

const ownEntries: readonly OptionEntry[] = runlightSettings.map((setting) => ({
  name: setting.option,
  read(value, { add, refuse }) {
    const accepted = setting.accept(value);
    if (accepted === undefined) refuse(setting.option, { text: setting.values }, value);
    else add(setting.option, [accepted]);
  },
}));

const spoolEntries = ownEntries.filter(({ name }) => name.startsWith(spoolPrefix));

/** The options of `TelemetryConfig`. A named resource attribute stands above the same one in `resourceAttributes`. */
export const optionEntries: readonly OptionEntry[] = [
  recordOption("resourceAttributes", { key: (name) => name !== "", value: part.attributeValue }, (name, value) => [
    claim(`resourceAttributes.${name}`, value),
  ]),
  option("service", someText, (name) => [claim(`resourceAttributes.${RESOURCE_SERVICE_NAME}`, name)]),
  option("serviceVersion", someText, (version) => [claim(`resourceAttributes.${RESOURCE_SERVICE_VERSION}`, version)]),
  option("environment", someText, (name) => [claim(`resourceAttributes.${ATTR_DEPLOYMENT_ENVIRONMENT_NAME}`, name)]),
  option("endpoint", httpUrl, baseEndpointClaims),
  recordOption("headers", { key: isHeaderName, value: headerValue }, headerClaims),
  option("file", path, (file) => [claim("file", file)]),
  ...ownEntries.filter(({ name }) => !name.startsWith(spoolPrefix)),
  {
    name: "spool",
    read(value, reading) {
      if (isRecord(value)) readEntries(spoolEntries, { value, prefix: spoolPrefix }, reading);
      else reading.refuse("spool", { text: "an object" }, value);
    },
  },
  option("checkpoint", part.callback, () => []),
  listOption("instrumentations", part.instrumentation, () => []),
  listOption("spanProcessors", part.spanProcessor, () => []),
  listOption("logRecordProcessors", part.logRecordProcessor, () => []),
  listOption("metricReaders", part.metricReader, () => []),
  option("sampler", part.sampler, (sampler) => [claim("sampler", sampler)]),
  listOption("views", part.view, (views) => [claim("views", views)]),
  option("propagator", part.propagator, (propagator) => [claim("propagator", propagator)]),
];
