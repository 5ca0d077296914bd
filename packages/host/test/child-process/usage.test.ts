import { startNode, waitUntil } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { parseProcessStat } from "../../src/child-process/usage/process-files.ts";
import { createProcessTree } from "../../src/child-process/usage/process-tree.ts";
import { startTreeUsage } from "../../src/child-process/usage/tree-usage.ts";
import { execNode } from "./support/run-exec.ts";

const mebibyte = 1024 * 1024;
/** A program text that uses so much CPU time, of the user and the system. */
const burn = (ms: number): string =>
  `const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 };
   const end = spent() + ${ms}; while (spent() < end);`;
const onLinux = process.platform === "linux";

describe("exec() measures", () => {
  test("exec() tells the CPU time of a command and its descendants", async (context) => {
    context.skip(!onLinux, "only Linux tells of other processes");
    const result = await execNode(
      `import { execFileSync } from "node:child_process"; ${burn(400)} execFileSync(process.execPath, ["--eval", ${JSON.stringify(burn(400))}]);`,
    );
    expect(result.cpuTimeSeconds).toBeGreaterThan(0.8);
    expect(result.cpuTimeSeconds).toBeLessThan(3);
  });

  test("exec() tells the peak of the memory of the whole tree, not of one process", async (context) => {
    context.skip(!onLinux, "only Linux tells of other processes");
    // The parent ends after its child, however long that one takes to start.
    const hold = (until: string): string => `const held = Buffer.alloc(${100 * mebibyte}, 1); ${until}; held.at(0);`;
    const inner = hold("await new Promise((resolve) => setTimeout(resolve, 1500))");
    const result = await execNode(
      hold(
        `const { spawn } = await import("node:child_process");
         const child = spawn(process.execPath, ["--input-type=module", "--eval", ${JSON.stringify(inner)}], { stdio: "inherit" });
         await new Promise((resolve) => child.once("exit", resolve))`,
      ),
    );
    expect(result.peakMemoryBytes).toBeGreaterThan(2 * 120 * mebibyte);
    expect(result.peakMemoryBytes).toBeLessThan(2 * 250 * mebibyte);
  });

  test("exec() side by side tells each its own CPU time", async (context) => {
    context.skip(!onLinux, "only Linux tells of other processes");
    const [idle, busy] = await Promise.all([
      execNode("setTimeout(() => {}, 1500)"),
      // Then idle for several samples, so that one of them sees all of it.
      execNode(`${burn(800)} setTimeout(() => {}, 1000)`),
    ]);
    // Both pay for their start, the more the busier the machine is.
    expect((busy.cpuTimeSeconds ?? 0) - (idle.cpuTimeSeconds ?? 0)).toBeGreaterThan(0.4);
  });
});

describe("startTreeUsage()", () => {
  test("startTreeUsage() costs at most 1 % of the time", async (context) => {
    context.skip(!onLinux, "only Linux tells of other processes");
    await using child = startNode(["--eval", "setInterval(() => {}, 1000)"]);
    const begunMs = performance.now();
    let samples = 0;
    const usage = startTreeUsage(createProcessTree(child.pid), () => (samples += 1));
    await waitUntil(() => samples >= 12);
    const elapsedMs = performance.now() - begunMs;
    usage.stop();
    // The last sample's own time is waited out after it.
    expect(usage.costMs / elapsedMs).toBeLessThan(0.01 + 2 / 12 / 10);
  });
});

describe("createProcessTree()", () => {
  test("createProcessTree() follows a descendant on whose parent has ended", async (context) => {
    context.skip(!onLinux, "only Linux tells of other processes");
    await using child = startNode([
      "--eval",
      `const { spawn } = require("node:child_process");
       const middle = spawn("sh", ["-c", "sleep 100 & echo $!; read line; exit 0"], { stdio: ["pipe", "pipe", "inherit"] });
       middle.stdout.pipe(process.stdout);
       process.stdin.on("data", () => {});
       process.on("SIGUSR2", () => middle.stdin.end("\\n"));
       setInterval(() => {}, 1000);`,
    ]);
    await child.waitForOutput(/\d+\n/);
    const sleeper = Number(child.stdout);
    const tree = createProcessTree(child.pid);
    expect(tree.look().size).toBe(3);
    child.kill("SIGUSR2");
    await waitUntil(() => tree.look().size === 2);
    expect([...tree.look().keys()]).toEqual([child.pid, sleeper]);
    process.kill(sleeper);
    await waitUntil(() => tree.look().size === 1);
  });
});

describe("parseProcessStat()", () => {
  test("parseProcessStat() reads past a name that holds parentheses and spaces", () => {
    const rest = "S 7 8 9 0 -1 4194304 100 0 0 0 10 20 30 40 20 0 1 0 345621 3133440 357";
    expect(parseProcessStat(`42 (a) (b c) ${rest}`)).toEqual({
      parentPid: 7,
      startTicks: 345_621,
      cpuSeconds: 1,
      childrenCpuSeconds: 0.7,
    });
    expect(parseProcessStat("")).toBe(undefined);
  });
});
