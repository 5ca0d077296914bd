import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../src/files/temporary-directory.ts";
import { runNode, startNode } from "../src/process/node-child.ts";
import { waitUntil } from "../src/wait-until.ts";

const inline = (source: string): string[] => ["--input-type=module", "--eval", source];

describe("runNode()", () => {
  test("runNode() collects both streams and the exit code", async () => {
    const { durationMs, ...result } = await runNode(
      inline('process.stdout.write("out é"); process.stderr.write("err"); process.exitCode = 3;'),
    );
    expect(result).toEqual({ stdout: "out é", stderr: "err", exitCode: 3, signal: null });
    expect(durationMs).toBeGreaterThan(0);
  });

  test("runNode() gives input, working directory and only the environment it was given", async () => {
    using directory = temporaryDirectory();
    writeFileSync(
      join(directory.path, "main.mjs"),
      "const text = await process.stdin.toArray(); console.log(JSON.stringify([Buffer.concat(text).toString(), process.cwd(), process.env.MONTH, process.env.VITEST ?? null]));",
    );
    const result = await runNode("main.mjs", { cwd: directory.path, env: { MONTH: "2001-01" }, input: "rows" });
    expect(JSON.parse(result.stdout)).toEqual(["rows", directory.path, "2001-01", null]);
  });

  test("runNode() tells the signal that ended the child", async () => {
    const result = await runNode(inline('process.kill(process.pid, "SIGKILL")'));
    expect([result.exitCode, result.signal]).toEqual([null, "SIGKILL"]);
  });

  test("runNode() rejects after timeoutMs with what was printed", async () => {
    await expect(
      runNode(inline('console.log("begun"); setInterval(() => {}, 1000)'), { timeoutMs: 4000 }),
    ).rejects.toThrow(/^The child ran longer than 4000 ms\nstdout: begun\n\nstderr: $/);
  });

  test("runNode() keeps maxOutputBytes and notes what it dropped", async () => {
    const print = (length: number): string[] => inline(`process.stdout.write("x".repeat(${length}))`);
    const fits = await runNode(print(10), { maxOutputBytes: 10 });
    const beyond = await runNode(print(11), { maxOutputBytes: 10 });
    expect([fits.stdout, beyond.stdout]).toEqual(["xxxxxxxxxx", "xxxxxxxxxx\n[1 bytes dropped]"]);
  });
});

describe("startNode()", () => {
  test("waitForOutput() resolves while the child runs, kill() ends it", async () => {
    await using child = startNode(inline('console.log("ready"); setInterval(() => {}, 1000)'));
    await child.waitForOutput("ready");
    child.kill("SIGTERM");
    expect((await child.ended).signal).toBe("SIGTERM");
  });

  test("waitForOutput() rejects when the child ends before", async () => {
    await using child = startNode(inline('console.log("other")'));
    await expect(child.waitForOutput("ready")).rejects.toThrow("The child ended without printing ready");
  });

  test("await using ends the child and what it started", async () => {
    const grandchild = 'spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });';
    const child = startNode(
      inline(`import { spawn } from "node:child_process"; ${grandchild} process.stdout.write("started");`),
    );
    {
      await using running = child;
      await running.waitForOutput("started");
    }
    // It resolves only when nobody holds the child's output any more.
    expect((await child.ended).signal).toBe("SIGKILL");
  });
});

describe("temporaryDirectory()", () => {
  test("temporaryDirectory() is gone after the block", () => {
    let path = "";
    {
      using directory = temporaryDirectory();
      path = directory.path;
      writeFileSync(join(path, "file"), "");
      expect(existsSync(path)).toBe(true);
    }
    expect(existsSync(path)).toBe(false);
  });

  test("temporaryDirectory() that was not disposed of goes with the process", async () => {
    const module = new URL("../dist/index.js", import.meta.url).href;
    const result = await runNode(
      inline(`import { temporaryDirectory } from ${JSON.stringify(module)}; console.log(temporaryDirectory().path)`),
    );
    expect([result.exitCode, existsSync(result.stdout.trim())]).toEqual([0, false]);
  });
});

describe("waitUntil()", () => {
  test("waitUntil() gives the first truthy value", async () => {
    let looks = 0;
    expect(await waitUntil(async () => (looks += 1) > 2 && `after ${looks}`, { intervalMs: 0 })).toBe("after 3");
  });

  test("waitUntil() rejects after timeoutMs with the condition", async () => {
    await expect(waitUntil(() => false, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow(
      "Not so within 5 ms: () => false",
    );
  });
});
