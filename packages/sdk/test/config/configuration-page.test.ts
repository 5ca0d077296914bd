import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withGeneratedParts } from "./configuration-page.ts";
import { resolved } from "./resolved.ts";

const path = fileURLToPath(new URL("../../../../docs/configuration.md", import.meta.url));
const page = readFileSync(path, "utf8");

// After a change: npx vitest run packages/sdk/test/config/configuration-page.test.ts --update
test("docs/configuration.md has the settings and variables that are read", async () => {
  await expect(withGeneratedParts(page)).toMatchFileSnapshot(path);
});

test("docs/configuration.md shows a file that is accepted", async () => {
  const [, file = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const settings = await resolved({ files: { "runlight.yaml": file }, environment: { COLLECTOR_TOKEN: "hunter2" } });
  expect(settings.traces).toMatchObject({
    url: "https://collector.example.org/v1/traces",
    headers: { authorization: "Bearer hunter2" },
  });
  expect(settings.heartbeatIntervalMs).toBe(30_000);
});
