import { arch, hostname, platform, release, userInfo } from "node:os";
import { basename } from "node:path";
import type { Attributes } from "@opentelemetry/api";
import {
  RESOURCE_CONTAINER_ID,
  RESOURCE_HOST_ARCH,
  RESOURCE_HOST_NAME,
  RESOURCE_OS_TYPE,
  RESOURCE_OS_VERSION,
  RESOURCE_PROCESS_EXECUTABLE_NAME,
  RESOURCE_PROCESS_OWNER,
  RESOURCE_PROCESS_PID,
  RESOURCE_PROCESS_RUNTIME_NAME,
  RESOURCE_PROCESS_RUNTIME_VERSION,
} from "@runlight/conventions/names";
import { readContainerId } from "./container-id.ts";

/**
 * Where this process runs: host, operating system, container, process and runtime. What cannot be told is left out.
 * Never the command line, which may hold secrets. Synchronous, about a millisecond, starts no process.
 */
export function hostResource(): Attributes {
  const containerId = readContainerId();
  const owner = processOwner();
  return {
    [RESOURCE_HOST_NAME]: hostname(),
    [RESOURCE_HOST_ARCH]: architectureNames[arch()] ?? arch(),
    [RESOURCE_OS_TYPE]: systemNames[platform()] ?? platform(),
    [RESOURCE_OS_VERSION]: release(),
    [RESOURCE_PROCESS_PID]: process.pid,
    ...(owner === undefined ? {} : { [RESOURCE_PROCESS_OWNER]: owner }),
    [RESOURCE_PROCESS_EXECUTABLE_NAME]: basename(process.execPath),
    [RESOURCE_PROCESS_RUNTIME_NAME]: "nodejs",
    [RESOURCE_PROCESS_RUNTIME_VERSION]: process.versions.node,
    ...(containerId === undefined ? {} : { [RESOURCE_CONTAINER_ID]: containerId }),
  };
}

/** Where semantic conventions name an architecture or system otherwise than Node.js does. */
const architectureNames: Readonly<Record<string, string>> = { arm: "arm32", ppc: "ppc32", x64: "amd64", ia32: "x86" };
const systemNames: Readonly<Record<string, string>> = { sunos: "solaris", win32: "windows" };

function processOwner(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // The user id has no name, as is usual in containers.
    return undefined;
  }
}
