import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stackPorts } from "./ports.ts";
import type { ServiceSettings } from "./services.ts";

/** Writes the copy of `prometheus.yaml` that Prometheus runs with: its own ports, and the rules where they are. Tells whether it is another one than before. */
export function renderPrometheus(settings: ServiceSettings): boolean {
  const directory = join(settings.stackRoot, "grafana", "prometheus");
  const text = readFileSync(join(directory, "prometheus.yaml"), "utf8");
  const rules = JSON.stringify(join(directory, "rules", "*.yaml"));
  return write(
    settings,
    "prometheus.yaml",
    movePorts(text, settings.portOffset).replace("[rules/*.yaml]", `[${rules}]`),
  );
}

/**
 * Writes the copy of `alertmanager.yaml` that Alertmanager runs with: its root route leads to the webhook if there is one.
 * Tells whether it is another one than before.
 */
export function renderAlertmanager(settings: ServiceSettings): boolean {
  const text = readFileSync(join(settings.stackRoot, "grafana", "alertmanager", "alertmanager.yaml"), "utf8");
  const { webhookUrlFile } = settings;
  const routed =
    webhookUrlFile === undefined
      ? text
      : text
          .replace("\n  receiver: nobody", "\n  receiver: webhook")
          .replace("url_file: webhook-url", `url_file: ${JSON.stringify(resolve(webhookUrlFile))}`);
  return write(settings, "alertmanager.yaml", routed);
}

/** Moves every loopback port of the stack in a text by the offset and leaves all others as they are. */
export function movePorts(text: string, portOffset: number): string {
  const known = new Set(stackPorts.map((entry) => entry.port));
  return text.replace(/127\.0\.0\.1:(\d+)/g, (whole, digits: string) => {
    const port = Number(digits);
    return known.has(port) ? `127.0.0.1:${port + portOffset}` : whole;
  });
}

function write(settings: ServiceSettings, name: string, text: string): boolean {
  const directory = settings.directories.configuration;
  const path = join(directory, name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return false;
  mkdirSync(directory, { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return true;
}
