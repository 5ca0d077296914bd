import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryDirectory } from "@runlight/testing";
import { beforeAll, expect, test } from "vitest";
import { readProgramVersion } from "../../../src/stack/program-version.ts";
import { programs } from "../../../src/stack/programs.ts";
import { renderAlertmanager, renderPrometheus } from "../../../src/stack/render-configuration.ts";
import { serviceOf, stackDirectories } from "../../../src/stack/services.ts";
import { findStackRoot } from "../../../src/stack/stack-root.ts";
import { buildStack, buildTimeoutMs, builtExecutable } from "./built-stack.ts";

const run = promisify(execFile);
const stackRoot = findStackRoot();

beforeAll(buildStack, buildTimeoutMs);

test.each(["collector", "tempo", "loki"] as const)("%s accepts its configuration", async (name) => {
  using directory = temporaryDirectory();
  const service = serviceOf(name, { stackRoot, directories: stackDirectories(directory.path), portOffset: 0 });
  const env = { ...process.env, ...service.environment };
  await run(builtExecutable(name, service.binary), service.verifyArgs, { env, cwd: directory.path });
});

test("promtool accepts prometheus.yaml with its rules, as it stands and as it is rendered", async () => {
  using directory = temporaryDirectory();
  renderPrometheus({ stackRoot, directories: stackDirectories(directory.path), portOffset: 500 });
  for (const file of [
    join(stackRoot, "grafana/prometheus/prometheus.yaml"),
    join(directory.path, "configuration/prometheus.yaml"),
  ]) {
    await run(builtExecutable("prometheus", "promtool"), ["check", "config", file]);
  }
});

test("amtool accepts alertmanager.yaml, as it stands and as it is rendered", async () => {
  using directory = temporaryDirectory();
  renderAlertmanager({
    stackRoot,
    directories: stackDirectories(directory.path),
    portOffset: 0,
    webhookUrlFile: "webhook-url",
  });
  for (const file of [
    join(stackRoot, "grafana/alertmanager/alertmanager.yaml"),
    join(directory.path, "configuration/alertmanager.yaml"),
  ]) {
    await run(builtExecutable("alertmanager", "amtool"), ["check-config", file]);
  }
});

test("programs() tell the version that the stack pins", async () => {
  for (const program of programs) {
    for (const { binary } of program.targets) {
      expect(await readProgramVersion(builtExecutable(program.name, binary))).toBe(program.version);
    }
  }
});
