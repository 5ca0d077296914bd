import type { ResourceEntry } from "./entry.ts";

const stable = { source: "semconv 1.45", stability: "stable" } as const;
const development = { source: "semconv 1.45", stability: "development" } as const;

/** The resource attributes that `initTelemetry()` sets by itself. Never command-line arguments. */
export const resource: readonly ResourceEntry[] = [
  { name: "service.name", brief: "The program.", ...stable },
  { name: "service.version", brief: "Its version.", ...stable },
  { name: "service.instance.id", brief: "The same for every run of one job on one host.", ...stable },
  { name: "telemetry.distro.name", brief: "`runlight`.", ...stable },
  { name: "telemetry.distro.version", brief: "Version of Runlight.", ...stable },
  { name: "host.name", brief: "Name of the host.", ...development },
  { name: "host.arch", brief: "Its processor architecture.", ...development },
  { name: "container.id", brief: "The container, where the process runs in one and the kernel tells which.", ...stable },
  { name: "os.type", brief: "Its operating system.", ...development },
  { name: "os.version", brief: "Version of the operating system.", ...development },
  { name: "process.pid", brief: "Process id.", ...development },
  { name: "process.owner", brief: "User the process runs as.", ...development },
  { name: "process.executable.name", brief: "Name of the executable.", ...development },
  { name: "process.runtime.name", brief: "`nodejs`.", ...development },
  { name: "vcs.repository.url.full", brief: "Repository of the working directory, without credentials, where Git holds it.", ...development },
  { name: "vcs.ref.head.name", brief: "The branch that is checked out there.", ...development },
  { name: "vcs.ref.head.revision", brief: "The commit that is checked out there.", ...development },
  { name: "process.runtime.version", brief: "Version of Node.js.", ...development },
];
