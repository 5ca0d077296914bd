import { fileURLToPath } from "node:url";
import { runNode, temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";

// Type stripping lets Node.js run the sources as they are.
const source = fileURLToPath(new URL("../../src/config/resolve-settings.ts", import.meta.url));

test("resolveSettings() loads neither the YAML parser nor the schema where there is no file", async () => {
  using directory = temporaryDirectory();
  const program = `
    import { createRequire } from "node:module";
    import { writeFileSync } from "node:fs";
    const { resolveSettings } = await import(${JSON.stringify(source)});
    const loaded = () => Object.keys(createRequire(${JSON.stringify(source)}).cache).filter((path) => /node_modules.(ajv|yaml)./.test(path)).length > 0;
    await resolveSettings({}, {}, ${JSON.stringify(directory.path)});
    const without = loaded();
    writeFileSync("runlight.yaml", 'file_format: "1.1"');
    await resolveSettings({}, {}, ${JSON.stringify(directory.path)});
    process.stdout.write(JSON.stringify({ without, with: loaded() }));
  `;
  const result = await runNode(["--input-type=module", "--eval", program], { cwd: directory.path });
  expect(result.stdout).toBe('{"without":false,"with":true}');
});

test("resolveSettings() gives the same service.instance.id to each run of a job", async () => {
  using directory = temporaryDirectory();
  const program = `
    const { resolveSettings } = await import(${JSON.stringify(source)});
    const { resourceAttributes } = await resolveSettings({ service: "flights" }, {}, process.cwd());
    process.stdout.write(String(resourceAttributes["service.instance.id"]));
  `;
  const run = async (): Promise<string> =>
    (await runNode(["--input-type=module", "--eval", program], { cwd: directory.path })).stdout;
  const first = await run();
  expect(first).toMatch(/^[\da-f-]{36}$/);
  expect(await run()).toBe(first);
});
