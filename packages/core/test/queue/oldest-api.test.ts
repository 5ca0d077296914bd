import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";

const run = promisify(execFile);
const packages = fileURLToPath(new URL("../../../", import.meta.url));
const installMs = 600_000;

test(
  "pipeline.queue() and take() work with API 1.9, without an SDK and beside SDK 2.x",
  { timeout: installMs },
  async () => {
    using temporary = temporaryDirectory();
    const directory = temporary.path;
    const own: Record<string, string> = {};
    for (const name of ["conventions", "core"]) {
      const target = join(directory, "packed", name);
      await mkdir(target, { recursive: true });
      for (const part of ["package.json", "dist"])
        await cp(join(packages, name, part), join(target, part), { recursive: true });
      own[`@runlight/${name}`] = `file:${target}`;
    }
    const dependencies = { ...own, "@opentelemetry/api": "1.9.0", "@opentelemetry/sdk-trace-node": "2.12.0" };
    await writeFile(join(directory, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
    const install = ["install", "--install-links", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    await run("npm", install, { cwd: directory });
    await cp(join(packages, "core/test/programs/run-queue.ts"), join(directory, "run-queue.ts"));
    const { stdout } = await run(process.execPath, ["run-queue.ts"], { cwd: directory });
    expect(JSON.parse(stdout)).toEqual({
      unregistered: [1, "number"],
      spans: [
        { name: "queue paint", kind: 3, parent: "workflow gallery", links: [] },
        { name: "workflow gallery", kind: 0, parent: "", links: [] },
        { name: "pipeline paint", kind: 4, parent: "queue paint", links: ["producer"] },
      ],
    });
  },
);
