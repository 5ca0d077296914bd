import { readdirSync, renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { recoverSpools } from "@runlight/spool";
import { describe, expect, test } from "vitest";
import { recoveringFile } from "../src/directory/life.ts";
import { listSpools } from "../src/directory/listing.ts";
import { decodeLogs } from "../src/otlp/decode-logs.ts";
import { decodeTraces } from "../src/otlp/decode-traces.ts";
import { describeProcess } from "../src/process/identity.ts";
import { ownerToken } from "../src/process/owner-token.ts";
import { readFrames } from "../src/segment/read-frames.ts";
import { startChild } from "./support/children.ts";
import { goneProcess, nobodysPid, tearTail, writeSpool } from "./support/fixtures.ts";
import { convert, eventOf, flights, load, requestOf, startNano, traceId } from "./support/operations.ts";
import { openTestSpool, temporaryRoot } from "./support/spools.ts";
import { until } from "./support/until.ts";

const started = [
  ["logs", requestOf([eventOf("workflow.started", flights, 0)])],
  ["logs", requestOf([eventOf("stage.started", load, 10)])],
  ["logs", requestOf([eventOf("pipeline.started", convert, 20)])],
  ["logs", requestOf([eventOf("workflow.progress", flights, 1500)])],
] as const;
const evidence = `process ${nobodysPid} is gone from host ${goneProcess().hostName}`;

describe("recoverSpools()", () => {
  test("closes what a gone process left open, innermost first, and says so", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess(), requests: started });
    expect(listSpools(root)[0]?.life).toBe("lost");
    expect(await recoverSpools(root)).toEqual([
      {
        directory,
        serviceName: "flights",
        runId: "20231114_221320-7f3a9c1e",
        workflowName: "flights",
        evidence,
        lastSeen: "2023-11-14T22:13:21.500Z",
        operations: [
          { kind: "pipeline", name: "convert", traceId, spanId: convert.spanId, startedAt: "2023-11-14T22:13:20.020Z" },
          { kind: "stage", name: "load", traceId, spanId: load.spanId, startedAt: "2023-11-14T22:13:20.010Z" },
          { kind: "workflow", name: "flights", traceId, spanId: flights.spanId, startedAt: "2023-11-14T22:13:20.000Z" },
        ],
      },
    ]);
    expect(lifeFiles(directory)).toEqual(["life.lost"]);
    expect(listSpools(root)[0]).toMatchObject({ life: "lost" });
  });

  test("writes a record and a span for each, under the ids and the resource of the start", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess(), requests: started });
    await recoverSpools(root);
    const frames = [...readFrames(directory)];
    expect(new Set(frames.map((frame) => frame.resource["service.name"]))).toEqual(new Set(["flights"]));
    const [spans, records] = frames.slice(started.length);
    const [pipeline, stage, workflow] = decodeTraces(spans?.bytes ?? new Uint8Array(0));
    expect(stage).toEqual({
      scope: { name: "@runlight/core", version: "0.1.0" },
      traceId,
      spanId: load.spanId,
      parentSpanId: flights.spanId,
      name: "stage load",
      kind: 1,
      startTimeUnixNano: startNano + 10_000_000n,
      endTimeUnixNano: startNano + 1_500_000_000n,
      attributes: {
        "workflow.execution.id": "20231114_221320-7f3a9c1e",
        "workflow.definition.name": "flights",
        "runlight.operation.kind": "stage",
        "runlight.operation.name": "load",
        "runlight.operation.lost": true,
        "error.type": "lost",
      },
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 2, message: evidence },
      flags: 0x101,
    });
    expect(pipeline).toMatchObject({ name: "pipeline convert", parentSpanId: load.spanId });
    expect(workflow).toMatchObject({ name: "workflow flights", spanId: flights.spanId });
    expect(workflow?.parentSpanId).toBeUndefined();
    const lost = decodeLogs(records?.bytes ?? new Uint8Array(0));
    expect(lost.map((record) => record.eventName)).toEqual(["pipeline.lost", "stage.lost", "workflow.lost"]);
    expect(lost[1]).toMatchObject({
      timeUnixNano: startNano + 1_500_000_000n,
      severityNumber: 17,
      severityText: "ERROR",
      body: `stage load was lost: ${evidence}`,
      traceId,
      spanId: load.spanId,
      attributes: {
        "workflow.execution.id": "20231114_221320-7f3a9c1e",
        "workflow.definition.name": "flights",
        "runlight.operation.kind": "stage",
        "runlight.operation.name": "load",
        "runlight.lost.evidence": evidence,
        "runlight.lost.last_seen": "2023-11-14T22:13:21.500Z",
      },
    });
    expect(Object.keys(lost[1]?.attributes ?? {})).toHaveLength(6);
  });

  test("knows a start again that lies megabytes before the end of its spool", async () => {
    const root = temporaryRoot();
    const progress = ["logs", requestOf([eventOf("workflow.progress", flights, 1500)])] as const;
    const requests = [...started, ...Array.from({ length: 8000 }, () => progress)];
    const directory = writeSpool(root, { identity: goneProcess(), requests });
    const [run] = await recoverSpools(root);
    expect(run?.operations.map((operation) => operation.name)).toEqual(["convert", "load", "flights"]);
    const lost = [...readFrames(directory, { segment: 2 })].filter((frame) => frame.signal === "logs");
    expect(lost.flatMap((frame) => decodeLogs(frame.bytes).map(({ spanId }) => spanId))).toEqual([
      convert.spanId,
      load.spanId,
      flights.spanId,
    ]);
  });

  test("leaves what has an end alone", async () => {
    const root = temporaryRoot();
    const ends = requestOf([eventOf("pipeline.failed", convert, 30), eventOf("stage.completed", load, 40)]);
    writeSpool(root, { identity: goneProcess(), requests: [...started.slice(0, 3), ["logs", ends]] });
    const [run] = await recoverSpools(root);
    expect(run?.operations.map((operation) => operation.name)).toEqual(["flights"]);
    expect(run?.lastSeen).toBe("2023-11-14T22:13:20.040Z");
  });

  test("marks a gone process without open operations as lost and writes nothing", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess() });
    expect(await recoverSpools(root)).toEqual([]);
    expect(lifeFiles(directory)).toEqual(["life.lost"]);
    expect([...readFrames(directory)]).toEqual([]);
  });

  test("closes what a process left open that ended itself, whose life stays ended", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess(), requests: started.slice(0, 2), life: "ended" });
    const [run] = await recoverSpools(root);
    expect(run?.evidence).toBe(`process ${nobodysPid} exited while it was open`);
    expect(run?.operations.map((operation) => operation.name)).toEqual(["load", "flights"]);
    expect(lifeFiles(directory)).toEqual(["life.closed"]);
    expect(listSpools(root)[0]?.life).toBe("ended");
  });

  test("does nothing the second time, and leaves the living alone", async () => {
    const root = temporaryRoot();
    const own = openTestSpool(root);
    own.append("logs", requestOf([eventOf("workflow.started", flights)]), { urgency: "prompt", records: 1 });
    const directory = writeSpool(root, { identity: goneProcess(), requests: started });
    expect(await recoverSpools(root)).toHaveLength(1);
    const before = [...readFrames(directory)].length;
    expect(await recoverSpools(root)).toEqual([]);
    expect([...readFrames(directory)]).toHaveLength(before);
    expect(lifeFiles(own.directory)).toEqual(["life.running"]);
    expect(listSpools(root).map((listing) => listing.life)).toEqual(["lost", "running"]);
  });

  test("writes no span for what was not sampled", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, {
      identity: goneProcess(),
      requests: [["logs", requestOf([eventOf("stage.started", { ...load, flags: 0 })])]],
    });
    await recoverSpools(root);
    expect([...readFrames(directory)].map((frame) => frame.signal)).toEqual(["logs", "logs"]);
  });

  test("reads a torn tail to its last whole frame and writes behind it", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess(), requests: started.slice(0, 1) });
    tearTail(directory, Buffer.from("RLF1\u0003\u0000\u0000\u0000\u00ff\u0000\u0000\u0000\u0001", "latin1"));
    await recoverSpools(root);
    expect([...readFrames(directory)].map((frame) => frame.signal)).toEqual(["logs", "traces", "logs"]);
  });

  test("keeps the time of the last write, which retention goes by", async () => {
    const root = temporaryRoot();
    const directory = writeSpool(root, { identity: goneProcess(), requests: started });
    const then = new Date("2023-11-14T22:13:21.500Z");
    for (const name of ["000001.otlp", "process.json"]) utimesSync(join(directory, name), then, then);
    await recoverSpools(root);
    expect(readdirSync(directory)).toContain("000002.otlp");
    expect(listSpools(root)[0]?.lastWriteMs).toBe(then.getTime());
  });

  test("takes up what a gone reader had claimed, and not what a living one has", async () => {
    const root = temporaryRoot();
    const dead = writeSpool(root, { identity: goneProcess(), requests: started });
    const living = writeSpool(root, { identity: goneProcess(), requests: started });
    renameSync(join(dead, "life.running"), join(dead, recoveringFile("running", ownerToken(goneProcess()))));
    renameSync(join(living, "life.running"), join(living, recoveringFile("running", ownerToken(describeProcess("")))));
    expect((await recoverSpools(root)).map((run) => run.directory)).toEqual([dead]);
    expect(listSpools(root).map((listing) => listing.life)).toEqual(["lost", "lost"]);
  });

  test("is not confused by two readers at once: each spool is recovered once", async () => {
    const root = temporaryRoot();
    const directories = Array.from({ length: 20 }, () =>
      writeSpool(root, { identity: goneProcess(), requests: started }),
    );
    const program = `
      import { recoverSpools } from "@runlight/spool";
      console.log("ready");
      while (Date.now() < Number(process.argv[2]));
      console.log(JSON.stringify((await recoverSpools(process.argv[1])).map((run) => run.directory)));
    `;
    const startAt = String(Date.now() + 1500);
    const readers = [startChild(program, [root, startAt]), startChild(program, [root, startAt])];
    await Promise.all(readers.map((reader) => reader.ended));
    const recovered = readers.flatMap((reader) => JSON.parse(reader.lines[1] ?? "[]") as string[]);
    expect(recovered.toSorted()).toEqual(directories.toSorted());
    for (const directory of directories) expect([...readFrames(directory)]).toHaveLength(started.length + 2);
  });
});

describe("listSpools() and recoverSpools()", () => {
  test("take a process of another boot of this host for gone", async () => {
    const root = temporaryRoot();
    const identity = { ...describeProcess("flights"), bootId: "another" };
    writeSpool(root, { identity, requests: started });
    const [run] = await recoverSpools(root);
    expect(run?.evidence).toBe(`host ${identity.hostName} was restarted since process ${process.pid} wrote`);
  });

  test("take a process whose id another one has now for gone", async () => {
    const root = temporaryRoot();
    const identity = { ...describeProcess("flights"), startTicks: "1" };
    writeSpool(root, { identity, requests: started });
    const [run] = await recoverSpools(root);
    expect(run?.evidence).toBe(`process id ${process.pid} on host ${identity.hostName} belongs to another process now`);
  });

  test.for([
    ["another host", { hostName: "elsewhere" }],
    ["another container", { pidNamespace: "1" }],
  ] as const)("never take a process of %s for lost: it runs, then it is silent", async ([, difference]) => {
    const root = temporaryRoot();
    const directory = writeSpool(root, {
      identity: { ...describeProcess("flights"), ...difference },
      requests: started,
    });
    expect(listSpools(root)[0]?.life).toBe("running");
    age(directory, 61_000);
    expect(listSpools(root)[0]?.life).toBe("silent");
    expect(await recoverSpools(root)).toEqual([]);
    expect(lifeFiles(directory)).toEqual(["life.running"]);
  });

  test("wait three heartbeats of another host before it is silent", () => {
    const root = temporaryRoot();
    const beat = eventOf("workflow.heartbeat", flights);
    const heartbeat = requestOf([{ ...beat, attributes: { ...beat.attributes, "runlight.heartbeat.interval": 60 } }]);
    const directory = writeSpool(root, {
      identity: goneProcess({ hostName: "elsewhere" }),
      requests: [["logs", heartbeat]],
    });
    age(directory, 170_000);
    expect(listSpools(root)[0]?.life).toBe("running");
    age(directory, 190_000);
    expect(listSpools(root)[0]?.life).toBe("silent");
  });

  test("take a killed child for gone though nobody has collected it", async () => {
    const root = temporaryRoot();
    const child = startChild(
      `
        import { openSpool, defaultBounds, describeProcess } from "@runlight/spool";
        const spool = openSpool({ root: process.argv[1], bounds: defaultBounds, identity: describeProcess("child") });
        spool.append("logs", Buffer.from(process.argv[2], "base64"), { urgency: "prompt", records: 1 });
        console.log("written");
        setInterval(() => {}, 1000);
      `,
      [root, Buffer.from(started[0][1]).toString("base64")],
    );
    await until(() => child.lines.length > 0);
    expect(listSpools(root)[0]?.life).toBe("running");
    child.process.kill("SIGKILL");
    // No turn of the event loop, so the dead child is not collected yet.
    const end = performance.now() + 5000;
    while (listSpools(root)[0]?.life === "running" && performance.now() < end);
    expect(listSpools(root)[0]?.life).toBe("lost");
    await child.ended;
    expect((await recoverSpools(root))[0]?.operations.map((operation) => operation.name)).toEqual(["flights"]);
  });
});

function lifeFiles(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => name.startsWith("life."));
}

function age(directory: string, ageMs: number): void {
  const then = new Date(Date.now() - ageMs);
  for (const name of readdirSync(directory)) utimesSync(join(directory, name), then, then);
}
