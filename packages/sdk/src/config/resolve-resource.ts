import type { Attributes } from "@opentelemetry/api";
import {
  RESOURCE_SERVICE_INSTANCE_ID,
  RESOURCE_SERVICE_NAME,
  RESOURCE_SERVICE_VERSION,
  RESOURCE_TELEMETRY_DISTRO_NAME,
  RESOURCE_TELEMETRY_DISTRO_VERSION,
} from "@runlight/conventions/names";
import { scopeVersion } from "../scope.ts";
import { describeProgram } from "./program.ts";
import { currentJob, serviceInstanceId } from "./service-instance.ts";
import type { SettingChoice } from "./setting-choice.ts";
import type { ResourceValue } from "./setting-values.ts";

/** Resource attributes of the service: the user's, and what follows from the program where the user says nothing. */
export function resolveResource({ choose, collect, note }: SettingChoice, workingDirectory: string): Attributes {
  const program = describeProgram(process.argv[1], workingDirectory);
  const given = collect("resourceAttributes.");
  const name = choose(`resourceAttributes.${RESOURCE_SERVICE_NAME}`, program.name ?? "unknown_service:node");
  const defaults: Readonly<Record<string, ResourceValue | undefined>> = {
    [RESOURCE_SERVICE_VERSION]: program.version,
    [RESOURCE_TELEMETRY_DISTRO_NAME]: "runlight",
    [RESOURCE_TELEMETRY_DISTRO_VERSION]: scopeVersion,
    [RESOURCE_SERVICE_INSTANCE_ID]: serviceInstanceId(currentJob(String(name), program.path)),
  };
  const attributes: Attributes = { [RESOURCE_SERVICE_NAME]: name };
  for (const [attribute, value] of Object.entries(defaults)) {
    if (value === undefined || given.has(attribute)) continue;
    attributes[attribute] = value;
    note(`resourceAttributes.${attribute}`, value);
  }
  return { ...attributes, ...Object.fromEntries(given) };
}
