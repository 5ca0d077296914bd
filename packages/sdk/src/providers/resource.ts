import type { Attributes } from "@opentelemetry/api";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import type { Resource } from "@opentelemetry/resources";
import { RESOURCE_TELEMETRY_DISTRO_NAME, RESOURCE_TELEMETRY_DISTRO_VERSION } from "@runlight/conventions/names";
import { hostResource } from "@runlight/host";
import type { Redactor } from "../redaction/redactor.ts";
import { scopeVersion } from "../scope.ts";

/** The resource of this process: the SDK's own names, where the process runs, and above them what the configuration says; secrets taken out. */
export function createResource(configured: Attributes, redactor: Redactor): Resource {
  return resourceFromAttributes(
    redactor.attributes({
      ...defaultResource().attributes,
      ...hostResource(),
      [RESOURCE_TELEMETRY_DISTRO_NAME]: "runlight",
      [RESOURCE_TELEMETRY_DISTRO_VERSION]: scopeVersion,
      ...configured,
    }),
  );
}
