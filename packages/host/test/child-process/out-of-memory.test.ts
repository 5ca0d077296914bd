import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitUntil } from "@runlight/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oomKilledByLog } from "../../src/child-process/end/kernel-log.ts";
import { errorOf, execShell } from "./support/run-exec.ts";
import { startTelemetry } from "./support/telemetry.ts";
import type { Telemetry } from "./support/telemetry.ts";

let telemetry: Telemetry;
beforeEach(async () => {
  telemetry = await startTelemetry();
});
afterEach(() => telemetry[Symbol.asyncDispose]());

const limitBytes = 64 * 1024 * 1024;

/** Control groups of both versions, as distributions mount them: where a group is made and what limits it. */
const versions = [
  { version: 1, root: "/sys/fs/cgroup/memory", limits: ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"] },
  { version: 2, root: "/sys/fs/cgroup", limits: ["memory.max", "memory.swap.max"] },
] as const;

interface ControlGroup extends AsyncDisposable {
  readonly path: string;
}

/** Makes a group with a limit, or says why it cannot. */
function makeGroup({ version, root, limits }: (typeof versions)[number]): ControlGroup | string {
  const path = join(root, `runlight-test-${process.pid}`);
  const remove = async (): Promise<void> => {
    // The kernel lets go of the processes a moment after they ended.
    await waitUntil(() => {
      try {
        rmdirSync(path);
        return true;
      } catch {
        return !existsSync(path);
      }
    });
  };
  if (version === 2 && !readText(join(root, "cgroup.subtree_control")).split(/\s/).includes("memory"))
    return "cgroup v2 does not control memory here";
  try {
    mkdirSync(path);
  } catch (error) {
    return `cgroup v${version} cannot be made here: ${String(error)}`;
  }
  try {
    writeFileSync(join(path, limits[0]), String(limitBytes));
  } catch (error) {
    rmdirSync(path);
    return `cgroup v${version} does not control memory here: ${String(error)}`;
  }
  try {
    writeFileSync(join(path, limits[1]), version === 1 ? String(limitBytes) : "0");
  } catch {
    // Swap is not accounted on every kernel.
  }
  return { path, [Symbol.asyncDispose]: remove };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function canRead(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}

/** Takes four times what the group allows, and no more where nothing limits it. */
const allocate = `${process.execPath} --eval 'const held = []; while (held.length < 64) held.push(Buffer.alloc(4e6, 1))'`;

describe("exec() out of memory", () => {
  test.for(versions)("exec() tells a command that the kernel killed, by cgroup v$version", async (kind, context) => {
    const made = makeGroup(kind);
    if (typeof made === "string") return context.skip(made);
    await using group = made;
    // Until what runs in the group has been seen there; a busy machine looks late.
    const enter = `echo $$ > ${group.path}/cgroup.procs`;
    const error = await errorOf(execShell(`${enter} && sleep 1.5 && exec ${allocate}`, { name: "direct" }));
    expect([error.code, error.result.signal, error.result.outcome, error.result.cause]).toEqual([
      "ENOMEM",
      "SIGKILL",
      "error",
      "out_of_memory",
    ]);
    expect(error.result.oomKills).toBe(1);
    // The kernel's log names it as well, where this user may read it.
    expect(oomKilledByLog(0).has(error.result.pid ?? 0)).toBe(canRead("/dev/kmsg"));
    const [failed] = await telemetry.events("pipeline.failed");
    expect(failed?.attributes).toMatchObject({ "runlight.operation.outcome": "error", "error.type": "ExecError" });
    expect((await telemetry.span("pipeline direct")).attributes).toMatchObject({
      "runlight.process.end.cause": "out_of_memory",
      "runlight.process.signal": "SIGKILL",
      "runlight.process.oom_kills": 1,
    });
    expect(await telemetry.sum("runlight.process.oom")).toBe(1);

    const shell = await errorOf(execShell(`${enter} && sleep 1.5; ${allocate}; exit $?`, { name: "shell" }));
    expect([shell.result.exitCode, shell.result.cause]).toEqual([137, "out_of_memory"]);
  });
});
