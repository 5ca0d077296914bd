import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listSpools } from "../src/directory/listing.ts";
import { describeProcess, ownMark, parseIdentity } from "../src/process/identity.ts";
import { isSameProcess, judgeProcess } from "../src/process/liveness.ts";
import { ownerToken, parseOwnerToken } from "../src/process/owner-token.ts";
import { findCursor, startPositions, takeCursor, writeCursor } from "../src/ship/cursor.ts";
import { goneProcess } from "./support/fixtures.ts";
import { openTestSpool, temporaryRoot } from "./support/spools.ts";

describe("describeProcess()", () => {
  test("describes this process so that it is known again", () => {
    const identity = describeProcess("flights");
    expect(identity).toMatchObject({ pid: process.pid, serviceName: "flights" });
    expect(Math.abs(Date.parse(identity.startedAt) - (Date.now() - process.uptime() * 1000))).toBeLessThan(1000);
    expect(parseIdentity(JSON.parse(JSON.stringify(identity)))).toEqual(identity);
    expect(judgeProcess(identity)).toEqual({ state: "alive" });
  });
});

describe("parseIdentity()", () => {
  test("refuses what is none", () => {
    for (const value of [null, 1, {}, { pid: "1", hostName: "a", startedAt: "b", serviceName: "c" }]) {
      expect(parseIdentity(value)).toBeUndefined();
    }
  });
});

describe("judgeProcess()", () => {
  test("goes by the process id alone where the system tells nothing else", () => {
    const { pid, hostName } = ownMark();
    expect(judgeProcess({ pid, hostName }, { pid, hostName })).toEqual({ state: "alive" });
    expect(judgeProcess({ pid: goneProcess().pid, hostName }, { pid, hostName })).toMatchObject({ state: "gone" });
  });
});

describe("ownerToken()", () => {
  test("names a process in a file name, and parseOwnerToken() reads it back", () => {
    const mark = ownMark();
    expect(parseOwnerToken(ownerToken(mark))).toEqual(mark);
    const bare = { pid: 7, hostName: "a" };
    expect(parseOwnerToken(ownerToken(bare))).toEqual(bare);
    for (const token of ["", "a", "a~b~c~d~e", "~b~c~1~2", "a~b~c~1~2~3"])
      expect(parseOwnerToken(token)).toBeUndefined();
  });

  test("holds any host name, and isSameProcess() knows it all the same", () => {
    const mark = { ...ownMark(), hostName: `lab/größe~${"x".repeat(300)}` };
    const token = ownerToken(mark);
    expect(token).toMatch(/^[A-Za-z0-9._~-]+$/);
    expect(token.length).toBeLessThan(200);
    const read = parseOwnerToken(token);
    expect(read !== undefined && isSameProcess(read, mark)).toBe(true);
    expect(isSameProcess(mark, { ...mark, pid: 1 })).toBe(false);
  });
});

describe("takeCursor()", () => {
  test("moves a cursor to one new owner only", () => {
    const directory = temporaryRoot();
    writeCursor(directory, "a", { ...startPositions, logs: { segment: 3, offset: 20 } });
    expect(takeCursor(directory, "a", "b")).toBe(true);
    expect(takeCursor(directory, "a", "c")).toBe(false);
    expect(findCursor(directory)).toEqual({
      owner: "b",
      positions: { ...startPositions, logs: { segment: 3, offset: 20 } },
    });
    expect(readdirSync(directory)).toEqual(["cursor.b"]);
  });
});

describe("findCursor()", () => {
  test("takes a damaged cursor for one at the start: sent twice is better than never", () => {
    const directory = temporaryRoot();
    for (const text of ["", "null", "[]", '{"logs":{"segment":0,"offset":-1}}', '{"logs":{"segment":2', '{"logs":7}']) {
      writeFileSync(join(directory, "cursor.a"), text);
      expect(findCursor(directory)).toEqual({ owner: "a", positions: startPositions });
    }
  });
});

describe("listSpools()", () => {
  test("passes over what is no spool", () => {
    const root = temporaryRoot();
    const spool = openTestSpool(root);
    mkdirSync(join(root, "20230101_000000-1-abcdef"));
    mkdirSync(join(root, "other"));
    writeFileSync(join(root, "other", "process.json"), "{");
    writeFileSync(join(root, "file"), "");
    expect(listSpools(root).map((listing) => listing.directory)).toEqual([spool.directory]);
    expect(listSpools(join(root, "nonexistent"))).toEqual([]);
    expect(listSpools(join(root, "file"))).toEqual([]);
  });
});
