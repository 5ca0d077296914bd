import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** What makes a job the same job: equal parts give an equal id. */
export interface JobIdentity {
  readonly serviceName: string;
  /** The host: its machine id where there is one, and its name. */
  readonly host: string;
  /** Absolute path of the main script, links resolved, or of the working directory where there is none. */
  readonly program: string;
  readonly user: string;
}

// Namespace that the semantic conventions name for a service.instance.id derived from what the service has by itself.
const namespace = "4d63009a-8d0f-11ee-aad7-4c796ed8e320";

/**
 * `service.instance.id`: the same for every run of one job on one host, and another one for any other job, user or host.
 *
 * A UUID of version 5 (RFC 9562), so nothing of the host, path or user can be read from it.
 */
export function serviceInstanceId(job: JobIdentity): string {
  const name = JSON.stringify([job.serviceName, job.host, job.program, job.user]);
  const digest = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The job that this process runs. */
export function currentJob(serviceName: string, program: string): JobIdentity {
  return { serviceName, host: `${machineId()} ${hostname()}`, program, user: userName() };
}

// Names of hosts repeat across sites, and machine ids across cloned machines: both together hardly do.
function machineId(): string {
  for (const path of ["/etc/machine-id", "/var/lib/dbus/machine-id"]) {
    try {
      return readFileSync(path, "utf8").trim();
    } catch {
      // Not a Linux with systemd or D-Bus: the name has to do.
    }
  }
  return "";
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // The user id has no entry in the password database, as in many containers.
    return String(process.getuid?.() ?? "");
  }
}
