import { expect, test } from "vitest";
import { describeSettings } from "../../src/config/describe-settings.ts";
import { resolved } from "./resolved.ts";

interface Case {
  readonly option: unknown;
  readonly variable: readonly [name: string, text: string, means: unknown] | undefined;
  readonly file: readonly [key: string, yaml: string, means: unknown];
  readonly fallback: unknown;
}

// For each setting of Runlight: a different value from each source.
const cases: Readonly<Record<string, Case>> = {
  mode: {
    option: "direct",
    variable: ["RUNLIGHT_MODE", "Spool", "spool"],
    file: ["mode", "direct", "direct"],
    fallback: "spool",
  },
  directory: {
    option: "a",
    variable: ["RUNLIGHT_DIRECTORY", "b", "b"],
    file: ["directory", "c", "c"],
    fallback: ".runlight",
  },
  "spool.maxSizeBytes": {
    option: 1_048_576,
    variable: ["RUNLIGHT_SPOOL_MAX_SIZE_BYTES", "1048577", 1_048_577],
    file: ["spool.max_size_bytes", "1048578", 1_048_578],
    fallback: 1_073_741_824,
  },
  "spool.maxAgeDays": {
    option: 0,
    variable: ["RUNLIGHT_SPOOL_MAX_AGE_DAYS", "3650", 3650],
    file: ["spool.max_age_days", "2", 2],
    fallback: 14,
  },
  "spool.maxBufferBytes": {
    option: 65_536,
    variable: ["RUNLIGHT_SPOOL_MAX_BUFFER_BYTES", "65537", 65_537],
    file: ["spool.max_buffer_bytes", "65538", 65_538],
    fallback: 8_388_608,
  },
  "spool.fsync": {
    option: true,
    variable: ["RUNLIGHT_SPOOL_FSYNC", "false", false],
    file: ["spool.fsync", "true", true],
    fallback: false,
  },
  heartbeatIntervalMs: {
    option: 1000,
    variable: ["RUNLIGHT_HEARTBEAT_INTERVAL", "3600000", 3_600_000],
    file: ["heartbeat_interval", "2000", 2000],
    fallback: 15_000,
  },
  metricIntervalMs: {
    option: 10,
    variable: ["OTEL_METRIC_EXPORT_INTERVAL", "86400000", 86_400_000],
    file: ["metric_interval", "20", 20],
    fallback: 60_000,
  },
  shutdownTimeoutMs: {
    option: 1,
    variable: ["RUNLIGHT_SHUTDOWN_TIMEOUT", "600000", 600_000],
    file: ["shutdown_timeout", "2", 2],
    fallback: 5000,
  },
  hostMetrics: {
    option: false,
    variable: ["RUNLIGHT_HOST_METRICS", "TRUE", true],
    file: ["host_metrics", "false", false],
    fallback: true,
  },
  captureConsole: {
    option: true,
    variable: ["RUNLIGHT_CAPTURE_CONSOLE", "false", false],
    file: ["capture_console", "true", true],
    fallback: false,
  },
  display: {
    option: "auto",
    variable: ["RUNLIGHT_DISPLAY", "none", "none"],
    file: ["display", "lines", "lines"],
    fallback: "none",
  },
};

const subsets = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  option: (bits & 4) !== 0,
  environment: (bits & 2) !== 0,
  file: (bits & 1) !== 0,
}));

test.for(subsets)(
  "resolveSettings() lets options stand above variables, those above the file: $option $environment $file",
  async (given) => {
    const settings = await resolved({
      options: given.option ? nested(([, { option }]) => option) : {},
      environment: given.environment
        ? Object.fromEntries(
            Object.values(cases).flatMap(({ variable }) => (variable ? [[variable[0], variable[1]]] : [])),
          )
        : {},
      files: given.file ? { "runlight.yaml": fileOfAll() } : {},
    });
    const origins = Object.fromEntries(Object.keys(cases).map((setting) => [setting, settings.origins.get(setting)]));
    const expected = Object.entries(cases).map(([setting, { option, variable, file, fallback }]) => {
      if (given.option) return [setting, { source: "option", where: setting, value: JSON.stringify(option) }];
      if (given.environment && variable)
        return [setting, { source: "environment", where: variable[0], value: JSON.stringify(variable[2]) }];
      const where = expect.stringMatching(/^runlight\.yaml:\d+$/) as unknown;
      if (given.file) return [setting, { source: "file", where, value: JSON.stringify(file[2]) }];
      return [setting, { source: "default", where: "default", value: JSON.stringify(fallback) }];
    });
    expect(origins).toEqual(Object.fromEntries(expected));
    expect(JSON.stringify(settings.bounds.maxSizeBytes)).toBe(settings.origins.get("spool.maxSizeBytes")?.value);
    expect(JSON.stringify(settings.heartbeatIntervalMs)).toBe(settings.origins.get("heartbeatIntervalMs")?.value);
  },
);

test("resolveSettings() takes each resource attribute and each header from the highest source that names it", async () => {
  const settings = await resolved({
    options: { resourceAttributes: { a: "option" }, headers: { "X-A": "option" }, endpoint: "http://option:4318" },
    environment: {
      OTEL_RESOURCE_ATTRIBUTES: "a=variable,b=variable",
      OTEL_EXPORTER_OTLP_HEADERS: "x-a=variable,x-b=variable",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-b=variable%20of%20traces",
    },
    files: {
      "runlight.yaml": `
file_format: "1.1"
resource:
  attributes_list: a=file,b=file,c=file
logger_provider:
  processors:
    - batch: {exporter: {otlp_http: {headers_list: "x-a=file,x-c=file"}}}
`,
    },
  });
  expect(settings.resourceAttributes).toMatchObject({ a: "option", b: "variable", c: "file" });
  expect(settings.traces).toMatchObject({ headers: { "x-a": "option", "x-b": "variable of traces" } });
  expect(settings.logs).toMatchObject({ headers: { "x-a": "option", "x-b": "variable", "x-c": "file" } });
  expect(settings.metrics).toMatchObject({ headers: { "x-a": "option", "x-b": "variable" } });
});

test("resolveSettings() unites the key patterns of all sources: none of them weakens another", async () => {
  const { redactKeys, origins } = await resolved({
    options: { redactKeys: ["patient.*"] },
    environment: { RUNLIGHT_REDACT_KEYS: "badge, patient.*" },
    files: { "runlight.yaml": 'file_format: "1.1"\ndistribution: {runlight: {redact_keys: [visit.*]}}\n' },
  });
  expect(redactKeys).toEqual(["patient.*", "badge", "visit.*"]);
  expect(origins.get("redactKeys")).toEqual({
    source: "option",
    where: "redactKeys",
    value: '["patient.*","badge","visit.*"]',
  });
});

test("resolveSettings() prefers the named service to the attribute of the same source, but not to a higher source", async () => {
  const byVariable = await resolved({
    environment: { OTEL_SERVICE_NAME: "named", OTEL_RESOURCE_ATTRIBUTES: "service.name=listed,service.version=7" },
  });
  expect(byVariable.resourceAttributes).toMatchObject({ "service.name": "named", "service.version": "7" });
  const byOption = await resolved({
    options: {
      service: "named",
      resourceAttributes: { "service.name": "listed" },
      serviceVersion: "8",
      environment: "lab",
    },
    environment: { OTEL_SERVICE_NAME: "by-variable" },
  });
  expect(byOption.resourceAttributes).toMatchObject({
    "service.name": "named",
    "service.version": "8",
    "deployment.environment.name": "lab",
  });
  const byAttribute = await resolved({
    options: { resourceAttributes: { "service.name": "listed" } },
    environment: { OTEL_SERVICE_NAME: "by-variable" },
  });
  expect(byAttribute.resourceAttributes).toMatchObject({ "service.name": "listed" });
});

test("resolveSettings() prefers the option to the variable to the default for the file itself", async () => {
  const file = (mode: string): string => `file_format: "1.1"\ndistribution: {runlight: {display: ${mode}}}\n`;
  const files = { "runlight.yaml": file("none"), "b.yaml": file("lines"), "c/c.yaml": file("auto") };
  expect((await resolved({ files })).origins.get("display")?.where).toBe("runlight.yaml:2");
  const environment = { OTEL_CONFIG_FILE: "b.yaml" };
  expect((await resolved({ files, environment })).display).toBe("lines");
  const byOption = await resolved({ files, environment, options: { file: "c/c.yaml" } });
  expect(byOption.display).toBe("auto");
  expect(byOption.file).toMatch(/\/c\/c\.yaml$/);
  expect(byOption.origins.get("file")).toEqual({ source: "option", where: "file", value: '"c/c.yaml"' });
  expect((await resolved({ environment: {} })).file).toBe(undefined);
});

test("describeSettings() gives a sorted row for each setting and no secret", async () => {
  const settings = await resolved({
    options: { headers: { authorization: "Bearer hunter2hunter2" }, resourceAttributes: { "db.password": "hunter2" } },
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://user:hunter2@host/?key=hunter2",
      OTEL_TRACES_SAMPLER: "always_off",
    },
  });
  const rows = describeSettings(settings);
  expect(rows.map(({ setting }) => setting)).toEqual([...settings.origins.keys()].sort());
  expect(
    rows.filter(
      ({ setting }) => /endpoint|header|password|sampler|propagator/.test(setting) && !/^(logs|metrics)/.test(setting),
    ),
  ).toEqual([
    {
      setting: "propagator",
      source: "default",
      where: "default",
      value: "propagates traceparent, tracestate, baggage",
    },
    {
      setting: "resourceAttributes.db.password",
      source: "option",
      where: "resourceAttributes.db.password",
      value: "[redacted]",
    },
    { setting: "sampler", source: "environment", where: "OTEL_TRACES_SAMPLER", value: "AlwaysOffSampler" },
    {
      setting: "traces.endpoint",
      source: "environment",
      where: "OTEL_EXPORTER_OTLP_ENDPOINT",
      value: '"http://[redacted]@host/v1/traces?key=[redacted]"',
    },
    { setting: "traces.headers.authorization", source: "option", where: "headers.authorization", value: "[redacted]" },
  ]);
  expect(JSON.stringify(rows)).not.toContain("hunter2");
});

function nested(valueOf: (entry: [string, Case]) => unknown): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const spool: Record<string, unknown> = {};
  for (const entry of Object.entries(cases)) {
    const [, name] = /^spool\.(.*)$/.exec(entry[0]) ?? [];
    if (name === undefined) config[entry[0]] = valueOf(entry);
    else spool[name] = valueOf(entry);
  }
  return { ...config, spool };
}

function fileOfAll(): string {
  const entries = Object.values(cases).map(({ file: [key, yaml] }) => [key.split("."), yaml] as const);
  const own = entries.filter(([path]) => path.length === 1).map(([[key], yaml]) => `    ${key}: ${yaml}`);
  const spool = entries.filter(([path]) => path.length === 2).map(([[, key], yaml]) => `      ${key}: ${yaml}`);
  return ['file_format: "1.1"', "distribution:", "  runlight:", ...own, "    spool:", ...spool, ""].join("\n");
}
