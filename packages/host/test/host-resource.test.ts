import { hostname, userInfo } from "node:os";
import { runNode } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { findContainerId } from "../src/resource/container-id.ts";
import { hostResource } from "../src/resource/host-resource.ts";

const id = "3f".repeat(32);

describe("hostResource()", () => {
  test("hostResource() tells host, system, process and runtime", () => {
    const { "container.id": container, "host.arch": architecture, "os.version": version, ...rest } = hostResource();
    expect(rest).toEqual({
      "host.name": hostname(),
      "os.type": process.platform,
      "process.pid": process.pid,
      "process.owner": userInfo().username,
      "process.executable.name": "node",
      "process.runtime.name": "nodejs",
      "process.runtime.version": process.versions.node,
    });
    expect([typeof architecture, typeof version]).toEqual(["string", "string"]);
    expect(container ?? id).toMatch(/^[0-9a-f]{64}$/);
  });

  test("hostResource() never tells the command line", async () => {
    const module = new URL("../dist/index.js", import.meta.url).href;
    const source = `import { hostResource } from ${JSON.stringify(module)}; console.log(JSON.stringify(hostResource()))`;
    const result = await runNode(["--input-type=module", "--eval", source, "--", "--password=hunter2"]);
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(result.stdout).toContain('"process.runtime.name":"nodejs"');
    expect(result.stdout).not.toMatch(/hunter2|eval|import/);
  });
});

describe("findContainerId()", () => {
  test.each([
    ["Docker, version 1", `12:memory:/docker/${id}\n11:cpu:/docker/${id}\n`, ""],
    ["systemd, version 1", `1:name=systemd:/system.slice/docker-${id}.scope\n`, ""],
    ["Kubernetes with containerd, version 1", `4:cpu:/kubepods.slice/pod1.slice/cri-containerd-${id}.scope`, ""],
    [
      "Docker, version 2",
      "0::/",
      `653 634 254:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw - ext4 /dev/vda1 rw`,
    ],
    [
      "Podman, version 2",
      "0::/",
      `9 8 0:24 /containers/overlay-containers/${id}/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw`,
    ],
  ])("findContainerId() knows %s", (_name, cgroup, mountinfo) => {
    expect(findContainerId(cgroup, mountinfo)).toBe(id);
  });

  test.each([
    ["a host", "0::/user.slice/user-1000.slice/session-2.scope\n", "22 27 0:21 / /proc rw - proc proc rw"],
    ["a group whose name is too short", `1:cpu:/docker/${id.slice(1)}`, ""],
    [
      "the sandbox of a pod",
      "0::/",
      `1 2 0:3 /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${id}/hostname /etc/hostname rw - ext4 x rw`,
    ],
    ["files that cannot be read", "", ""],
  ])("findContainerId() gives nothing for %s", (_name, cgroup, mountinfo) => {
    expect(findContainerId(cgroup, mountinfo)).toBeUndefined();
  });
});
