import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

/** Who listens on a port. */
export interface PortHolder {
  /** Missing when the holder belongs to another user or the system does not tell. */
  readonly pid?: number;
  /** The command line, shortened. */
  readonly command?: string;
}

/** Gives the holder of a loopback port, or nothing when the port is free. */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  if (await canListen(port)) return undefined;
  const inode = listeningInode(port);
  const pid = inode === undefined ? undefined : socketOwner(inode);
  return pid === undefined ? {} : { pid, command: commandLine(pid) };
}

/** Says in a few words who a holder is. */
export function describePortHolder(holder: PortHolder): string {
  return holder.pid === undefined
    ? "a process of another user"
    : `process ${holder.pid} (${holder.command ?? "unknown"})`;
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

const listenState = "0A";

function listeningInode(port: number): string | undefined {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readLines(table)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === listenState && fields[1]?.endsWith(`:${wanted}`)) return fields[9];
    }
  }
  return undefined;
}

function socketOwner(inode: string): number | undefined {
  const link = `socket:[${inode}]`;
  for (const pid of list("/proc").filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of list(`/proc/${pid}/fd`)) {
      try {
        if (readlinkSync(`/proc/${pid}/fd/${descriptor}`) === link) return Number(pid);
      } catch {
        // Descriptors come and go while they are listed.
      }
    }
  }
  return undefined;
}

function commandLine(pid: number): string {
  const words = readLines(`/proc/${pid}/cmdline`).join(" ").replaceAll("\0", " ").trim();
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
