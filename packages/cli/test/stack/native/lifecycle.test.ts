import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { temporaryDirectory, waitUntil } from "@runlight/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { findPortHolder } from "../../../src/stack/port-holder.ts";
import { stackPorts } from "../../../src/stack/ports.ts";
import { identifyProcess } from "../../../src/stack/process-identity.ts";
import type { PartStatus } from "../../../src/stack/stack-status.ts";
import { readStatus, runStack } from "../run-stack.ts";
import { buildStack, buildTimeoutMs, builtExecutable } from "./built-stack.ts";

const portOffset = 11_000;
const offset = ["--port-offset", String(portOffset)];
const upTimeoutMs = 180_000;
const alertmanagerPort = 9093 + portOffset;

const home = temporaryDirectory();
const directory = home.path;

beforeAll(buildStack, buildTimeoutMs);
afterAll(() => home[Symbol.dispose]());

/** Ends what runs and removes its data, so that what follows a test that failed finds nothing of it. */
async function cleanUp(): Promise<void> {
  await runStack(["down", "--delete-data"], { directory });
}

async function part(name: string): Promise<PartStatus> {
  const { status } = await readStatus({ directory });
  return status.parts.find((part) => part.name === name)!;
}

async function pids(): Promise<Readonly<Record<string, number | undefined>>> {
  const { status } = await readStatus({ directory });
  return Object.fromEntries(status.parts.map((part) => [part.name, part.pid]));
}

describe("the whole stack", () => {
  afterAll(cleanUp, upTimeoutMs);

  test("up starts every part and waits until it is ready", { timeout: upTimeoutMs }, async () => {
    const { exitCode, stdout, stderr } = await runStack(["up", ...offset], { directory });
    expect([exitCode, stderr.includes("failed")]).toEqual([0, false]);
    expect(stdout.match(/ started /g)?.length).toBe(5);

    const { status, exitCode: statusExitCode } = await readStatus({ directory });
    expect([status.state, statusExitCode]).toEqual(["running", 0]);
    expect(status.parts.map((part) => part.state)).toEqual(["ready", "ready", "ready", "ready", "ready"]);
    expect(new Set(status.parts.flatMap((part) => Object.values(part.ports)))).toEqual(
      new Set(stackPorts.map((entry) => entry.port + portOffset)),
    );
  });

  test("up() changes nothing the second time", { timeout: upTimeoutMs }, async () => {
    const before = await pids();
    const { exitCode, stdout } = await runStack(["up"], { directory });
    expect([exitCode, stdout.match(/ already running /g)?.length]).toEqual([0, 5]);
    expect(await pids()).toEqual(before);
  });

  test("up refuses other ports while the stack runs", { timeout: upTimeoutMs }, async () => {
    const { exitCode, stderr } = await runStack(["up", "--port-offset", "12000"], { directory });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("--port-offset must be 11000 while the stack in");
  });

  test(
    "status calls it half-dead when a part was killed, and up repairs that part alone",
    { timeout: upTimeoutMs },
    async () => {
      const before = await pids();
      process.kill(before["tempo"]!, "SIGKILL");
      await waitUntil(() => identifyProcess(before["tempo"]!) === undefined);
      const { status, exitCode } = await readStatus({ directory });
      expect([status.state, exitCode]).toEqual(["half-dead", 1]);
      expect(await part("tempo")).toMatchObject({ state: "dead", pid: before["tempo"] });

      const up = await runStack(["up"], { directory });
      expect([up.exitCode, /Tempo +restarted/.test(up.stdout)]).toEqual([0, true]);
      expect(up.stderr).toContain(`Tempo (process ${before["tempo"]}) is gone and is started anew`);
      const { tempo, ...others } = await pids();
      const { tempo: _, ...othersBefore } = before;
      expect(others).toEqual(othersBefore);
      expect(tempo).not.toBe(before["tempo"]);
    },
  );

  test("status calls a part unready that hangs, and up starts it anew", { timeout: upTimeoutMs }, async () => {
    const { pid } = await part("alertmanager");
    process.kill(pid!, "SIGSTOP");
    expect(await part("alertmanager")).toMatchObject({ state: "unready", pid });
    const up = await runStack(["up"], { directory });
    expect([up.exitCode, /Alertmanager +restarted/.test(up.stdout)]).toEqual([0, true]);
    expect(identifyProcess(pid!)).toBeUndefined();
  });

  test("logs prints the end of a part's log", async () => {
    const { stdout } = await runStack(["logs", "prometheus", "--lines", "50"], { directory });
    expect(stdout).toContain("Server is ready to receive web requests.");
  });

  test("down leaves no process, no port and no state, and keeps data and logs", { timeout: upTimeoutMs }, async () => {
    const before = await pids();
    const { exitCode, stdout } = await runStack(["down"], { directory });
    expect([exitCode, stdout.match(/ ended$/gm)?.length]).toEqual([0, 5]);
    for (const pid of Object.values(before)) expect(identifyProcess(pid!)).toBeUndefined();
    for (const { port } of stackPorts) expect(await findPortHolder(port + portOffset)).toBeUndefined();
    expect(readdirSync(join(directory, ".runlight/stack")).sort()).toEqual(["data", "logs"]);

    const { status, exitCode: statusExitCode } = await readStatus({ directory });
    expect([status.state, statusExitCode]).toEqual(["stopped", 3]);
    expect((await runStack(["down"], { directory })).stdout).toBe("Nothing runs\n");
    expect((await runStack(["down", "--delete-data"], { directory })).exitCode).toBe(0);
    expect(existsSync(join(directory, ".runlight/stack/data"))).toBe(false);
  });
});

describe("a part that cannot run", () => {
  const only = ["--only", "prometheus,alertmanager"];

  test(
    "up names who holds a port, starts the others, and starts the part once the port is free",
    { timeout: upTimeoutMs },
    async () => {
      // Ends who calls: a connection left open would keep `close()` waiting, and Prometheus calls here as soon as an alert fires.
      const server = createServer((socket) => socket.destroy());
      onTestFinished(() => void server.close());
      onTestFinished(cleanUp);
      await once(server.listen(alertmanagerPort, "127.0.0.1"), "listening");
      const { exitCode, stdout, stderr } = await runStack(["up", ...only, ...offset], { directory });
      expect([exitCode, /Prometheus +started/.test(stdout)]).toEqual([1, true]);
      expect(stderr).toMatch(
        new RegExp(
          `Alertmanager +failed +port ${alertmanagerPort} \\(alertmanager\\) is held by process ${process.pid} \\(`,
        ),
      );
      const { status, exitCode: statusExitCode } = await readStatus({ directory });
      expect([status.state, statusExitCode]).toEqual(["half-dead", 1]);

      await new Promise((resolve) => server.close(resolve));
      expect((await runStack(["up", ...only], { directory })).exitCode).toBe(0);
    },
  );

  test("up says which part failed, why, and where its log is", { timeout: upTimeoutMs }, async () => {
    onTestFinished(cleanUp);
    const prometheusData = join(directory, ".runlight/stack/data/prometheus");
    mkdirSync(prometheusData, { recursive: true });
    writeFileSync(join(prometheusData, "wal"), "not a directory");
    const { exitCode, stdout, stderr } = await runStack(["up", ...only, ...offset], { directory });
    expect([exitCode, /Alertmanager +started/.test(stdout)]).toEqual([1, true]);
    const log = join(directory, ".runlight/stack/logs/prometheus.log");
    expect(stderr).toContain(`it ended while starting; log: ${log}`);
    expect(stderr).toMatch(/wal.*not a directory/);
  });

  test(
    "up runs what it finds on PATH and says in one line that Go is missing for the rest",
    { timeout: upTimeoutMs },
    async () => {
      onTestFinished(cleanUp);
      const bin = join(directory, "bin");
      mkdirSync(bin, { recursive: true });
      symlinkSync(builtExecutable("prometheus", "prometheus"), join(bin, "prometheus"));
      const env = { PATH: bin, XDG_CACHE_HOME: join(directory, "cache") };
      const { exitCode, stdout, stderr } = await runStack(["up", ...only, ...offset], { directory, env });
      expect([exitCode, /Prometheus +started/.test(stdout)]).toEqual([1, true]);
      expect(stderr).toContain(`Starting Prometheus 3.14.0 (${join(bin, "prometheus")})`);
      expect(stderr).toMatch(
        /Alertmanager +missing +Cannot build the stack: Go 1\.26\.5 or later must be on PATH .*none was found\n/,
      );

      const again = await runStack(["up", ...only, "--no-build"], { directory, env });
      expect(again.stderr).toContain("Alertmanager 0.31.1 is neither on PATH nor built");
    },
  );
});

describe("the webhook", () => {
  const only = ["--only", "alertmanager"];

  test(
    "up leads alerts to the URL in a file, also in an Alertmanager that runs, and keeps to it",
    { timeout: upTimeoutMs },
    async () => {
      const pages: string[] = [];
      const receiver = createHttpServer((request, response) => {
        let page = "";
        request.setEncoding("utf8").on("data", (text: string) => (page += text));
        request.on("end", () => {
          pages.push(page);
          response.end();
        });
      });
      onTestFinished(() => {
        receiver.close();
        receiver.closeAllConnections();
      });
      onTestFinished(cleanUp);
      await once(receiver.listen(0, "127.0.0.1"), "listening");
      const urlFile = join(directory, "webhook-url");

      expect((await runStack(["up", ...only, ...offset], { directory })).exitCode).toBe(0);
      const absent = await runStack(["up", ...only, "--webhook-url-file", urlFile], { directory });
      expect(absent.stderr).toContain(
        `--webhook-url-file must name a file that holds a URL, current value is ${urlFile}`,
      );
      writeFileSync(urlFile, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
      const { stderr } = await runStack(["up", ...only, "--webhook-url-file", urlFile], { directory });
      expect(stderr).toBe("Alertmanager reads its changed configuration\n");
      expect((await runStack(["up", ...only], { directory })).stderr).toBe("");

      const alert = { labels: { alertname: "Probe", severity: "critical" }, annotations: { summary: "It failed" } };
      const answer = await fetch(`http://127.0.0.1:${alertmanagerPort}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([alert]),
      });
      expect(answer.status).toBe(200);
      await waitUntil(() => pages.length > 0);
      expect(JSON.parse(pages[0] ?? "")).toMatchObject({ status: "firing", alerts: [{ status: "firing", ...alert }] });
    },
  );
});
