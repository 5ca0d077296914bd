import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderDrillReceivers } from "@runlight/dashboards";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { startBrokenReceivers } from "../../../src/drill/broken-receivers.ts";
import type { BrokenReceivers } from "../../../src/drill/broken-receivers.ts";
import { listen, startPager } from "../../../src/drill/pager.ts";
import type { Pager } from "../../../src/drill/pager.ts";
import { findStackRoot } from "../../../src/stack/stack-root.ts";
import { builtExecutable } from "./built-stack.ts";

const run = promisify(execFile);

/** A real Alertmanager with the shipped routes, which pages a mail server and a webhook at once. */
export interface RunningAlertmanager extends AsyncDisposable {
  readonly url: string;
  readonly pager: Pager;
  readonly broken: BrokenReceivers;
  /** Runs `amtool` against it and gives what it prints. */
  readonly amtool: (...args: readonly string[]) => Promise<string>;
  /** Lets it read its configuration with other quiet hours. */
  readonly setQuiet: (quiet: boolean) => Promise<void>;
}

/** Starts it, and what it pages. */
export async function startAlertmanager(quiet: boolean): Promise<RunningAlertmanager> {
  const directory = temporaryDirectory();
  const pager = await startPager();
  const broken = await startBrokenReceivers();
  const file = join(directory.path, "alertmanager.yaml");
  const shipped = readFileSync(join(findStackRoot(), "grafana/alertmanager/alertmanager.yaml"), "utf8");
  const write = (isQuiet: boolean): void => {
    const { smtpPort, webhookUrl } = pager;
    const receivers = { smtpPort, webhookUrl, broken: { ...broken, service: "unheard" }, quiet: isQuiet };
    writeFileSync(file, renderDrillReceivers(shipped, receivers));
  };
  write(quiet);
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const child = spawn(
    builtExecutable("alertmanager", "alertmanager"),
    [
      `--config.file=${file}`,
      `--storage.path=${directory.path}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
    ],
    { stdio: "ignore" },
  );
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    await pager[Symbol.asyncDispose]();
    await broken[Symbol.asyncDispose]();
    directory[Symbol.dispose]();
  };
  try {
    await waitUntil(() => isUp(url));
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    pager,
    broken,
    async amtool(...args) {
      const all = [...args, `--alertmanager.url=${url}`];
      return (await run(builtExecutable("alertmanager", "amtool"), all)).stdout.trim();
    },
    async setQuiet(isQuiet) {
      write(isQuiet);
      await fetch(`${url}/-/reload`, { method: "POST" });
    },
    [Symbol.asyncDispose]: dispose,
  };
}

async function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}
