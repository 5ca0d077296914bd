import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "@runlight/testing";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderAlertmanager, renderPrometheus } from "../../src/stack/render-configuration.ts";
import { stackDirectories } from "../../src/stack/services.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

const stackRoot = findStackRoot();

interface AlertmanagerConfiguration {
  readonly route: { readonly receiver: string };
  readonly receivers: readonly { readonly name: string; readonly webhook_configs?: unknown }[];
}

test("renderPrometheus() changes ports and the path of the rules, nothing else", () => {
  using directory = temporaryDirectory();
  renderPrometheus({ stackRoot, directories: stackDirectories(directory.path), portOffset: 0 });
  const original = parse(readFileSync(join(stackRoot, "grafana/prometheus/prometheus.yaml"), "utf8")) as object;
  const rendered = parse(readFileSync(join(directory.path, "configuration/prometheus.yaml"), "utf8")) as object;
  expect(rendered).toEqual({ ...original, rule_files: [join(stackRoot, "grafana/prometheus/rules/*.yaml")] });
});

test("renderAlertmanager() leads the root route to the webhook when there is a file with its URL", () => {
  using directory = temporaryDirectory();
  const urlFile = join(directory.path, "url");
  writeFileSync(urlFile, "http://127.0.0.1:1/");
  const settings = { stackRoot, directories: stackDirectories(directory.path), portOffset: 0 };
  const read = (): AlertmanagerConfiguration =>
    parse(readFileSync(join(directory.path, "configuration/alertmanager.yaml"), "utf8")) as AlertmanagerConfiguration;

  renderAlertmanager(settings);
  expect(read().route.receiver).toBe("nobody");
  renderAlertmanager({ ...settings, webhookUrlFile: urlFile });
  expect(read().route.receiver).toBe("webhook");
  expect(read().receivers.find((receiver) => receiver.name === "webhook")?.webhook_configs).toEqual([
    { url_file: urlFile, send_resolved: true },
  ]);
});
