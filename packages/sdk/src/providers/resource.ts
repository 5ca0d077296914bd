import { isMainThread, threadId } from "node:worker_threads";
import type { Attributes } from "@opentelemetry/api";
import { SDK_INFO } from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import { RESOURCE_SERVICE_INSTANCE_ID } from "@runlight/conventions/names";
import { gitResource, hostResource } from "@runlight/host";
import type { Redactor } from "../redaction/redactor.ts";
import { lazyResource } from "./lazy-resource.ts";

/** The resource of this process: the SDK's own names, where the process runs, and above them what the configuration says; secrets taken out. */
export function createResource(configured: Attributes, redactor: Redactor): Resource {
  const attributes: Attributes = {
    ...SDK_INFO,
    ...hostResource(),
    ...gitResource(process.cwd()),
    ...configured,
  };
  // The counters of two threads must not be taken for one that jumps.
  if (!isMainThread) {
    const ofProcess = attributes[RESOURCE_SERVICE_INSTANCE_ID];
    const instance = `${typeof ofProcess === "string" ? ofProcess : process.pid}-${threadId}`;
    return lazyResource(redactor.attributes({ ...attributes, [RESOURCE_SERVICE_INSTANCE_ID]: instance }));
  }
  return lazyResource(redactor.attributes(attributes));
}
