import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { shipSpools, startShipper } from "@runlight/spool";
import { describe, expect, onTestFinished, test } from "vitest";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { describeProcess } from "../src/process/identity.ts";
import { ownerToken } from "../src/process/owner-token.ts";
import { startChild } from "./support/children.ts";
import { goneProcess, tearTail, writeSpool } from "./support/fixtures.ts";
import { eventOf, flights, requestOf } from "./support/operations.ts";
import { startReceiver } from "./support/receiver.ts";
import type { Receiver } from "./support/receiver.ts";
import { logOf, openTestSpool, temporaryRoot } from "./support/spools.ts";
import { spanRequest } from "./support/telemetry.ts";
import { until } from "./support/until.ts";

const retry = { initialDelayMs: 10, maxDelayMs: 50 };

describe("shipSpools()", () => {
  test("ships what gone processes left, closed operations included, and ships nothing twice", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const directory = writeSpool(root, {
      identity: goneProcess(),
      requests: [["logs", requestOf([eventOf("workflow.started", flights)])]],
    });
    const report = await shipSpools(root, receiver.endpoints());
    expect(report).toEqual({
      traces: shipped(1),
      metrics: shipped(0),
      logs: shipped(2),
      directories: [directory],
      skipped: [],
      complete: true,
    });
    expect(eventsIn(receiver)).toEqual(["workflow.started", "workflow.lost"]);
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({
      directories: [],
      complete: true,
      logs: shipped(0),
    });
    expect(receiver.arrivals).toHaveLength(2);
  });

  test("leaves spools of living processes and of other hosts alone", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const own = openTestSpool(root);
    own.append("logs", logOf(1), { urgency: "prompt", records: 1 });
    const elsewhere = writeSpool(root, {
      identity: goneProcess({ hostName: "elsewhere" }),
      requests: [["logs", logOf(2)]],
    });
    const report = await shipSpools(root, receiver.endpoints());
    expect(report.directories).toEqual([]);
    expect(report.skipped).toEqual([elsewhere, own.directory]);
    expect(receiver.arrivals).toEqual([]);
  });

  test("leaves a spool alone that a living process ships", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const child = startChild("setInterval(() => {}, 1000); console.log('up')");
    await until(() => child.lines.length > 0);
    const directory = writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf(1)]] });
    const { startTicks: _own, ...rest } = describeProcess("other");
    const token = ownerToken({ ...rest, pid: child.process.pid ?? 0 });
    renameSync(join(directory, cursorOf(directory)), join(directory, `cursor.${token}`));
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ directories: [], skipped: [directory] });
    child.process.kill("SIGKILL");
    await child.ended;
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ directories: [directory], complete: true });
  });

  test("ships more spools than it adopts at once, in the order of each", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    for (let spool = 0; spool < 20; spool += 1) {
      writeSpool(root, {
        identity: goneProcess(),
        requests: [1, 2, 3].map((number) => ["logs", logOf([spool, number])] as const),
      });
    }
    const report = await shipSpools(root, receiver.endpoints());
    expect(report.directories).toHaveLength(20);
    expect(report.logs).toEqual(shipped(60));
    const bodies = receiver
      .accepted("logs")
      .flatMap((arrival) => decodeLogs(arrival.bytes).map((record) => record.body as [number, number]));
    for (let spool = 0; spool < 20; spool += 1) {
      expect(bodies.filter(([from]) => from === spool).map(([, number]) => number)).toEqual([1, 2, 3]);
    }
  });

  test("shares the spools with another one that runs at the same time: each is sent once", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    for (let spool = 0; spool < 30; spool += 1)
      writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([spool])]] });
    const program = `
      import { shipSpools } from "@runlight/spool";
      while (Date.now() < Number(process.argv[3]));
      const report = await shipSpools(process.argv[1], { logs: JSON.parse(process.argv[2]) });
      console.log(report.complete, report.directories.length);
    `;
    const args = [root, JSON.stringify(receiver.endpoint("logs")), String(Date.now() + 1500)];
    const children = [startChild(program, args), startChild(program, args)];
    await Promise.all(children.map((child) => child.ended));
    expect(bodiesOf(receiver).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 30 }, (_, index) => index),
    );
    const adopted = children.map((child) => (child.lines[0] ?? "").split(" "));
    expect(adopted.map(([complete]) => complete)).toEqual(["true", "true"]);
    expect(adopted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(30);
  });

  test("gives up when the receiver is down, says what is left, and goes on from there the next time", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    receiver.reply = (signal) => (signal === "traces" ? 503 : 200);
    const requests = [
      ["logs", logOf([1])],
      ["traces", await spanRequest()],
    ] as const;
    writeSpool(root, { identity: goneProcess(), requests });
    const report = await shipSpools(root, receiver.endpoints(), { giveUpAfterMs: 200, retry });
    expect(report).toMatchObject({ complete: false, logs: shipped(1), traces: { shipped: 0 } });
    expect(report.traces.pendingBytes).toBeGreaterThan(0);
    expect(report.lastError).toContain("HTTP 503");
    receiver.reply = () => 200;
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({
      complete: true,
      logs: shipped(0),
      traces: shipped(1),
    });
  });

  test("ends when its caller aborts, with progress told until then", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    receiver.reply = () => () => {};
    writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([1])]] });
    const controller = new AbortController();
    const shipping = shipSpools(root, receiver.endpoints(), { signal: controller.signal });
    await until(() => receiver.arrivals.length === 1);
    controller.abort();
    expect(await shipping).toMatchObject({ complete: false, logs: { shipped: 0 } });
  });

  test("ships up to a torn tail and is done", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const directory = writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([1])]] });
    tearTail(directory, Buffer.from("RLF1 and then nothing more"));
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ complete: true, logs: shipped(1) });
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ directories: [] });
  });

  test("trusts a certificate authority of its own, and no stranger", async () => {
    const root = temporaryRoot();
    const files = makeCertificates(temporaryRoot());
    const receiver = await startReceiver({
      tls: { key: readFileSync(files.key), cert: readFileSync(files.certificate) },
    });
    writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([1])]] });
    const refused = await shipSpools(root, receiver.endpoints(), { giveUpAfterMs: 100, retry });
    expect(refused).toMatchObject({ complete: false, logs: { shipped: 0 } });
    expect(refused.lastError).toContain("certificate");
    const missing = await shipSpools(root, receiver.endpoints({ tls: { caFile: "/nonexistent.pem" } }), {
      giveUpAfterMs: 100,
      retry,
    });
    expect(missing.lastError).toContain("ENOENT");
    const trusted = await shipSpools(root, receiver.endpoints({ tls: { caFile: files.authority } }));
    expect(trusted).toMatchObject({ complete: true, logs: shipped(1) });
  });

  test("shows its own certificate where the receiver asks for one", async () => {
    const root = temporaryRoot();
    const files = makeCertificates(temporaryRoot());
    const tls = {
      key: readFileSync(files.key),
      cert: readFileSync(files.certificate),
      ca: readFileSync(files.authority),
      requestCert: true,
    };
    const receiver = await startReceiver({ tls: { ...tls, rejectUnauthorized: true } });
    writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([1])]] });
    const anonymous = receiver.endpoints({ tls: { caFile: files.authority } });
    expect(await shipSpools(root, anonymous, { giveUpAfterMs: 100, retry })).toMatchObject({ complete: false });
    const known = receiver.endpoints({
      tls: { caFile: files.authority, certificateFile: files.certificate, keyFile: files.key },
    });
    expect(await shipSpools(root, known)).toMatchObject({ complete: true, logs: shipped(1) });
  });
});

describe("startShipper()", () => {
  test("adopts what gone processes left, beside its own spool", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    for (let spool = 0; spool < 10; spool += 1)
      writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf([`gone ${spool}`])]] });
    const own = openTestSpool(root);
    own.append("logs", logOf(["own"]), { urgency: "prompt", records: 1 });
    const shipper = startShipper({
      root,
      directory: own.directory,
      endpoints: receiver.endpoints(),
      lingerMs: 0,
      adoptIntervalMs: 100,
    });
    onTestFinished(() => shipper.stop(0));
    await until(() => shipper.statistics().logs.shipped === 11);
    const later = writeSpool(root, { identity: goneProcess(), requests: [["logs", logOf(["later"])]] });
    await until(() => shipper.statistics().logs.shipped === 12);
    expect(cursorOf(later)).toBe(`cursor.${ownerToken(describeProcess(""))}`);
    expect(new Set(bodiesOf(receiver)).size).toBe(12);
  });

  test("loses nothing when its process is killed between a send and its acknowledgement: it is sent again", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    let hung = 0;
    receiver.reply = (_, count) => {
      if (count !== 2) return 200;
      hung += 1;
      return () => {};
    };
    const child = startChild(
      `
        import { setTimeout as delay } from "node:timers/promises";
        import { openSpool, startShipper, defaultBounds, describeProcess } from "@runlight/spool";
        const [root, endpoint, ...requests] = process.argv.slice(1);
        const spool = openSpool({ root, bounds: defaultBounds, identity: describeProcess("child") });
        const shipper = startShipper({ root, directory: spool.directory, endpoints: { logs: JSON.parse(endpoint) }, lingerMs: 0 });
        setInterval(() => {}, 1000);
        for (const request of requests) {
          spool.append("logs", Buffer.from(request, "base64"), { urgency: "prompt", records: 1 });
          spool.flush();
          if (!(await shipper.drain(60_000))) break;
        }
      `,
      [
        root,
        JSON.stringify(receiver.endpoint("logs", { timeoutMs: 60_000 })),
        ...[1, 2, 3].map((number) => Buffer.from(logOf([number])).toString("base64")),
      ],
    );
    await until(() => hung === 1);
    child.process.kill("SIGKILL");
    await child.ended;
    expect(await shipSpools(root, receiver.endpoints())).toMatchObject({ complete: true, logs: { shipped: 1 } });
    expect(bodiesOf(receiver)).toEqual([1, 2, 3, 3]);
  });

  test("does not keep its process alive, and loads nothing that the program preloads", async () => {
    const root = temporaryRoot();
    const receiver = await startReceiver();
    const preload = `data:text/javascript,import { isMainThread } from "node:worker_threads"; console.log("preloaded", isMainThread);`;
    const program = `
      import { openSpool, startShipper, defaultBounds, describeProcess } from "@runlight/spool";
      const [root, endpoint, request] = process.argv.slice(1);
      const spool = openSpool({ root, bounds: defaultBounds, identity: describeProcess("child") });
      const shipper = startShipper({ root, directory: spool.directory, endpoints: { logs: JSON.parse(endpoint) } });
      spool.append("logs", Buffer.from(request, "base64"), { urgency: "prompt", records: 1 });
      process.on("exit", () => console.log(JSON.stringify(shipper.statistics().logs)));
      console.log(await shipper.drain(60_000));
    `;
    const args = [root, JSON.stringify(receiver.endpoint("logs")), Buffer.from(logOf([1])).toString("base64")];
    const child = startChild(program, args, { env: { NODE_OPTIONS: `--import=${encodeURI(preload)}` } });
    expect(await child.ended).toEqual({ code: 0, signal: null, stderr: "" });
    expect(child.lines).toEqual(["preloaded true", "true", JSON.stringify(shipped(1))]);
  });
});

function shipped(records: number): { shipped: number; rejected: number; failures: number; pendingBytes: number } {
  return { shipped: records, rejected: 0, failures: 0, pendingBytes: 0 };
}

function cursorOf(directory: string): string {
  return readdirSync(directory).find((name) => name.startsWith("cursor.")) ?? "";
}

function eventsIn(receiver: Receiver): readonly unknown[] {
  return receiver.accepted("logs").flatMap((arrival) => decodeLogs(arrival.bytes).map((record) => record.eventName));
}

/** The first elements of the bodies of all records that arrived, answered or not. */
function bodiesOf(receiver: Receiver): readonly unknown[] {
  return receiver.arrivals.flatMap((arrival) =>
    decodeLogs(arrival.bytes).map((record) => (record.body as unknown[])[0]),
  );
}

/** A certificate for localhost, signed by an authority made for it. */
function makeCertificates(directory: string): {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
} {
  const run = (...args: string[]): void => void execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  run(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "2",
    "-subj",
    "/CN=test authority",
    "-addext",
    "basicConstraints=critical,CA:TRUE",
  );
  run(
    "req",
    ...key,
    "-keyout",
    "own.key",
    "-out",
    "own.csr",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
  );
  run(
    "x509",
    "-req",
    "-in",
    "own.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "2",
    "-copy_extensions",
    "copy",
    "-out",
    "own.pem",
  );
  return {
    authority: join(directory, "ca.pem"),
    certificate: join(directory, "own.pem"),
    key: join(directory, "own.key"),
  };
}
