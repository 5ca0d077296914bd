import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";

interface Setting {
  readonly path: string;
  readonly value: string;
  readonly source: string;
  readonly where: string;
}

describe("runlight config show", () => {
  test("--json tells every setting with its origin", async () => {
    using directory = temporaryDirectory();
    writeFileSync(join(directory.path, "package.json"), JSON.stringify({ name: "flights", version: "1.2.3" }));
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=secret-token",
    };
    const { stdout, stderr, exitCode } = await runCli(["config", "show", "--json"], { cwd: directory.path, env });
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const document = JSON.parse(stdout) as { file: null; settings: Setting[] };
    expect(document.file).toBe(null);
    expect(document.settings.map(({ path }) => path)).toEqual(document.settings.map(({ path }) => path).sort());
    expect(document.settings.find(({ path }) => path === "resourceAttributes.service.name")).toStrictEqual({
      path: "resourceAttributes.service.name",
      value: '"flights"',
      source: "default",
      where: "default",
    });
    expect(document.settings.find(({ value }) => value.includes("4318"))).toMatchObject({
      source: "environment",
      where: "OTEL_EXPORTER_OTLP_ENDPOINT",
    });
    expect(stdout).not.toContain("secret-token");
  });

  test("--origin adds two columns", async () => {
    using directory = temporaryDirectory();
    const plain = await runCli(["config", "show"], { cwd: directory.path });
    const origin = await runCli(["config", "show", "--origin"], { cwd: directory.path });
    expect(plain.stdout.split("\n")[0]!.split(/ +/u)).toEqual(["SETTING", "VALUE"]);
    expect(origin.stdout.split("\n")[0]!.split(/ +/u)).toEqual(["SETTING", "VALUE", "SOURCE", "WHERE"]);
  });

  test("tells all faults at once, a line each", async () => {
    using directory = temporaryDirectory();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere", OTEL_TRACES_SAMPLER: "sometimes" };
    const { stdout, stderr, exitCode } = await runCli(["config", "show"], { cwd: directory.path, env });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(/^runlight: Cannot start telemetry: OTEL_\w+ must be .+, current value is ".+"$/u);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  });
});
