import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { temporaryDirectory } from "@runlight/testing";

const executable = "redis-server";

/** Why there is no Redis to test with; `undefined` where there is one. */
export const missingRedis: string | undefined =
  spawnSync(executable, ["--version"]).status === 0
    ? undefined
    : "redis-server is not installed: apt-get install redis-server";

/** A Redis of the test's own, on a free port, whose data outlives its being killed. */
export interface RedisServer extends AsyncDisposable {
  readonly connection: { readonly host: string; readonly port: number };
  /** SIGKILL: nothing is said goodbye to. */
  kill(): Promise<void>;
  /** Starts again with its data on the same port; nothing where it runs. */
  start(): Promise<void>;
}

/** Starts a Redis; gone after the block that holds it with `await using`. */
export async function startRedis(): Promise<RedisServer> {
  // Somebody else may take a port between its being found free and Redis.
  for (let triesLeft = 2; ; triesLeft -= 1) {
    try {
      return await startOn(await freePort());
    } catch (error) {
      if (triesLeft === 0) throw error;
    }
  }
}

async function startOn(port: number): Promise<RedisServer> {
  const directory = temporaryDirectory();
  const connection = { host: "127.0.0.1", port };
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    connection,
    async start() {
      if (child !== undefined) return;
      const options = { port: connection.port, bind: connection.host, dir: directory.path, appendonly: "yes" };
      const durable = { appendfsync: "always", save: "", "maxmemory-policy": "noeviction" };
      const args = Object.entries({ ...options, ...durable }).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const started = spawn(executable, args, { stdio: ["ignore", "pipe", "inherit"] });
      child = started;
      await new Promise<void>((resolve, reject) => {
        let printed = "";
        started.stdout.on("data", (chunk: Buffer) => {
          printed += chunk.toString();
          if (printed.includes("Ready to accept connections")) resolve();
        });
        started.once("error", reject);
        started.once("exit", () => reject(new Error(`redis-server ended:\n${printed}`)));
      });
    },
    async kill() {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const exited = once(running, "exit");
      running.kill("SIGKILL");
      await exited;
    },
    async [Symbol.asyncDispose]() {
      await server.kill();
      directory[Symbol.dispose]();
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
