import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { cases } from "./cases.ts";
import { compileDecorated } from "./compile-decorated.ts";

const run = promisify(execFile);
const packages = fileURLToPath(new URL("../../../", import.meta.url));
const installMs = 600_000;

interface Row {
  readonly row: string;
  readonly trouble?: string;
  readonly spans: readonly string[];
}

/** Installs core as its users do, packed, beside the given packages, and runs the table there. */
async function runTable(environment: string, beside: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  using temporary = temporaryDirectory();
  const directory = temporary.path;
  const packed = join(directory, "packed");
  await mkdir(packed);
  const tarballs: Record<string, string> = {};
  for (const name of ["conventions", "core"]) {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", packed], {
      cwd: join(packages, name),
    });
    const [{ filename }] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>) as [
      { filename: string },
    ];
    tarballs[`@runlight/${name}`] = `file:${join(packed, filename)}`;
  }
  const manifest = { private: true, type: "module", dependencies: { ...tarballs, ...beside } };
  await writeFile(join(directory, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], { cwd: directory });
  for (const folder of ["guarantees", "programs"])
    await cp(join(packages, "core/test", folder), join(directory, folder), { recursive: true });
  await compileDecorated(join(directory, "programs"));
  const { stdout } = await run(process.execPath, ["programs/run-cases.ts", environment], { cwd: directory });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

test("guarantees() hold beside OpenTelemetry SDK 2.x with API 1.9", { timeout: installMs }, async () => {
  const rows = await runTable("sdk-2", {
    "@opentelemetry/api": "1.9.0",
    "@opentelemetry/instrumentation-http": "0.223.0",
    "@opentelemetry/sdk-trace-node": "2.12.0",
  });
  expect(rows).toEqual(cases.map(({ row, spans }) => ({ row, spans })));
});

test("guarantees() leave the job alone without any SDK", { timeout: installMs }, async () => {
  const rows = await runTable("none", {
    "@opentelemetry/api": "1.10.0",
    "@opentelemetry/instrumentation-http": "0.301.0",
  });
  expect(rows).toEqual(cases.map(({ row }) => ({ row, spans: [] })));
});
