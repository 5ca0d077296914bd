import { describe, expect, test } from "vitest";
import { judgeEnd } from "../../src/child-process/end/child-end.ts";
import { findOomFile, parseOomKills } from "../../src/child-process/end/control-groups.ts";
import { parseOomKill } from "../../src/child-process/end/kernel-log.ts";

const never = (): boolean => false;
const always = (): boolean => true;

describe("judgeEnd()", () => {
  test.for([
    ["exit code 0", 0, undefined, undefined, never, "exit", "success"],
    ["another exit code", 1, undefined, undefined, always, "exit", "failure"],
    ["a shell's word for a kill", 137, undefined, undefined, never, "exit", "failure"],
    ["the same for want of memory", 137, undefined, undefined, always, "out_of_memory", "error"],
    ["a kill", undefined, "SIGKILL", undefined, never, "signal", "error"],
    ["a kill for want of memory", undefined, "SIGKILL", undefined, always, "out_of_memory", "error"],
    ["another signal while others were killed", undefined, "SIGTERM", undefined, always, "signal", "error"],
    ["a crash", undefined, "SIGSEGV", undefined, always, "signal", "failure"],
    ["a timeout it obeyed", 0, undefined, "timeout", never, "timeout", "timeout"],
    ["a timeout it was killed for", undefined, "SIGKILL", "timeout", always, "timeout", "timeout"],
    ["a cancellation", undefined, "SIGTERM", "cancellation", never, "cancellation", "cancellation"],
    ["a signal passed on that it handled", 0, undefined, "outside", never, "exit", "success"],
    ["a signal passed on that ended it", undefined, "SIGTERM", "outside", never, "cancellation", "cancellation"],
    ["a signal passed on with an exit code", 143, undefined, "outside", never, "cancellation", "cancellation"],
  ] as const)("judgeEnd() of %s", ([, exitCode, signal, asked, outOfMemory, cause, outcome]) => {
    expect(judgeEnd({ exitCode, signal, asked, outOfMemory })).toEqual({ cause, outcome });
  });
});

describe("findOomFile()", () => {
  const first = "37 31 0:33 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory";
  const second =
    "36 31 0:32 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot";
  const noise = "35 24 0:31 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct";

  test("findOomFile() finds the group's file in version 2", () => {
    expect(findOomFile("0::/system.slice/job.service\n", `${noise}\n${second}\n`)).toBe(
      "/sys/fs/cgroup/system.slice/job.service/memory.events",
    );
    expect(findOomFile("0::/\n", second)).toBe("/sys/fs/cgroup/memory.events");
  });

  test("findOomFile() finds it in version 1, beside version 2 for other controllers", () => {
    const groups = "12:cpu,cpuacct:/a\n4:memory:/slurm/uid_0/job_7\n0::/b\n";
    expect(findOomFile(groups, `${noise}\n${second}\n${first}\n`)).toBe(
      "/sys/fs/cgroup/memory/slurm/uid_0/job_7/memory.oom_control",
    );
  });

  test("findOomFile() finds it from inside a container, whose group is the root of the mount", () => {
    const inside = "37 31 0:33 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory";
    expect(findOomFile("4:memory:/docker/abc\n", inside)).toBe("/sys/fs/cgroup/memory/memory.oom_control");
    expect(findOomFile("4:memory:/elsewhere\n", inside)).toBe(undefined);
    expect(findOomFile("0::/../other\n", second)).toBe(undefined);
  });

  test("findOomFile() reads escaped paths, and gives nothing where nothing is mounted", () => {
    const spaced = "36 31 0:32 / /mnt/my\\040groups rw - cgroup2 cgroup2 rw";
    expect(findOomFile("0::/job\n", spaced)).toBe("/mnt/my groups/job/memory.events");
    expect(findOomFile("0::/job\n", noise)).toBe(undefined);
    expect(findOomFile("", "")).toBe(undefined);
  });
});

describe("parseOomKills()", () => {
  test("parseOomKills() reads the count of both versions", () => {
    expect(parseOomKills("low 0\nhigh 0\nmax 31\noom 2\noom_kill 2\noom_group_kill 0\n")).toBe(2);
    expect(parseOomKills("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n")).toBe(3);
    expect(parseOomKills("oom_kill_disable 0\nunder_oom 0\n")).toBe(undefined);
  });
});

describe("parseOomKill()", () => {
  const text =
    "3,1024,5000000000,-;Memory cgroup out of memory: Killed process 4711 (python3) total-vm:9kB, anon-rss:8kB";

  test("parseOomKill() reads who was killed, when it was not long before", () => {
    expect(parseOomKill(text, 5_000_000)).toBe(4711);
    expect(parseOomKill(text.replace("Memory cgroup out", "Out"), 5_000_000)).toBe(4711);
    expect(parseOomKill(text, 5_030_000)).toBe(4711);
    expect(parseOomKill(text, 5_030_001)).toBe(undefined);
    expect(parseOomKill("6,1025,5000000000,-;eth0: link up", 0)).toBe(undefined);
  });
});
