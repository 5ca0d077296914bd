import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitUntil } from "../../packages/testing/src/index.ts";
import { root } from "../workspace/root.ts";
import { ask, patience } from "./ask.ts";
import type { NativeStack } from "./native-stack.ts";

interface RulesAnswer {
  readonly data: {
    readonly groups: readonly { readonly file: string; readonly rules: readonly { readonly query: string }[] }[];
  };
}

/**
 * Lets Prometheus work with a copy of the shipped rules in which every window of five minutes is `window` long, so that a test sees an
 * alert resolve. That the shipped windows do the same is shown by `promtool test rules`.
 *
 * @param window As Prometheus writes durations.
 */
export async function shortenRules(stack: NativeStack, window: string): Promise<void> {
  const shipped = join(root, "grafana/prometheus/rules");
  const copies = join(stack.directory, "short-rules");
  mkdirSync(copies);
  for (const name of readdirSync(shipped)) {
    const text = readFileSync(join(shipped, name), "utf8");
    writeFileSync(
      join(copies, name),
      text.replaceAll("[5m]", `[${window}]`).replaceAll("offset 5m", `offset ${window}`),
    );
  }
  // The copy of the configuration that this Prometheus runs with.
  const configuration = join(stack.directory, "configuration/prometheus.yaml");
  writeFileSync(configuration, readFileSync(configuration, "utf8").replaceAll(shipped, copies));
  await stack.signal("prometheus", "SIGHUP");
  await waitUntil(async () => {
    const { groups } = (await ask<RulesAnswer>(`${stack.prometheus}/api/v1/rules`)).data;
    return groups.length > 0 && groups.every(({ file }) => file.startsWith(copies));
  }, patience);
}
