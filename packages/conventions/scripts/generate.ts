// Writes what is made from the registry: src/generated/names.ts and docs/telemetry.md. With --check it only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { attributes } from "../src/registry/attributes.ts";
import { events } from "../src/registry/events.ts";
import { metrics } from "../src/registry/metrics.ts";
import { resource } from "../src/registry/resource.ts";
import { spans } from "../src/registry/spans.ts";
import { renderNames } from "./names.ts";
import { renderTelemetryPage } from "./page.ts";

const registry = { attributes, events, metrics, resource, spans };
const outputs = [
  { url: new URL("../src/generated/names.ts", import.meta.url), text: renderNames(registry) },
  { url: new URL("../../../docs/telemetry.md", import.meta.url), text: renderTelemetryPage(registry) },
];

const check = process.argv.includes("--check");
for (const { url, text } of outputs) {
  if (!check) writeFileSync(url, text);
  else if (readFileSync(url, "utf8") !== text) {
    console.error(`${url.pathname} is stale: run npm run generate`);
    process.exitCode = 1;
  }
}
