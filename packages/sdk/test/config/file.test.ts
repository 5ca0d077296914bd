import { DiagLogLevel } from "@opentelemetry/api";
import { parseConfigFile } from "@opentelemetry/configuration";
import { AggregationType, InstrumentType } from "@opentelemetry/sdk-metrics";
import { expect, test } from "vitest";
import { fixture, lines, refused, resolved } from "./resolved.ts";

const everything = fixture("everything-honoured.yaml");

test("resolveSettings() honours every part of a declarative file that Runlight has", async () => {
  const settings = await resolved({
    options: { file: everything },
    environment: { TOKEN: "Bearer hunter2hunter2" },
  });
  const headers = { "x-team": "pair", "x-list": "only here", authorization: "Bearer hunter2hunter2" };
  const endpoint = { headers: {}, timeoutMs: 10_000, compression: "none", tls: {} };
  expect(settings).toMatchObject({
    enabled: true,
    mode: "direct",
    directory: expect.stringMatching(/^\/.*\/kept\/here$/) as unknown,
    file: everything,
    diagnosticLevel: DiagLogLevel.WARN,
    resourceAttributes: {
      team: "optics",
      motto: "café",
      "service.name": "beamline",
      "run.kinds": ["fast", "slow"],
      "detector.count": 4,
    },
    traces: { ...endpoint, url: "http://collector:4318/v1/traces", headers, timeoutMs: 3000, compression: "gzip" },
    metrics: { ...endpoint, url: "http://fallback:4318/v1/metrics" },
    logs: { ...endpoint, url: "http://localhost:4318/v1/logs" },
    protocol: "http/protobuf",
    spanLimits: { attributeValueLengthLimit: 4096, attributeCountLimit: 65, eventCountLimit: 7, linkCountLimit: 128 },
    logRecordLimits: { attributeValueLengthLimit: 100, attributeCountLimit: 64 },
    bounds: { maxSizeBytes: 1_048_576, maxAgeDays: 3, maxBufferBytes: 65_536, fsync: true },
    spanBatch: { scheduledDelayMillis: 250, exportTimeoutMillis: 4000, maxQueueSize: 1000, maxExportBatchSize: 100 },
    logRecordBatch: {},
    redactKeys: ["patient.*"],
    heartbeatIntervalMs: 2000,
    metricIntervalMs: 5000,
    metricTimeoutMs: 2000,
    shutdownTimeoutMs: 1234,
    hostMetrics: false,
    captureConsole: true,
    display: "lines",
  });
  expect(settings.sampler.toString()).toBe(
    "ParentBased{root=TraceIdRatioBased{0.25}, remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOnSampler}",
  );
  expect(settings.propagator.fields()).toEqual(["traceparent", "tracestate", "baggage"]);
  const [view, dropping] = settings.views;
  expect(view).toMatchObject({
    instrumentName: "frame.duration",
    instrumentType: InstrumentType.HISTOGRAM,
    name: "frame.time",
    aggregation: {
      type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
      options: { boundaries: [0.1, 1, 10], recordMinMax: true },
    },
    aggregationCardinalityLimit: 50,
  });
  expect(view?.attributesProcessors?.[0]?.process({ detector: "a", frame: 1 })).toEqual({ detector: "a" });
  expect(dropping).toEqual({ instrumentName: "noise.*", aggregation: { type: AggregationType.DROP } });
  expect(settings.origins.get("traces.headers.authorization")).toEqual({
    source: "file",
    where: expect.stringMatching(/everything-honoured\.yaml:42$/) as unknown,
    value: "[redacted]",
  });
  expect(settings.origins.get("heartbeatIntervalMs")?.where).toMatch(/everything-honoured\.yaml:111$/);
});

test("resolveSettings() and OpenTelemetry's own parser accept the same file", () => {
  expect(parseConfigFile(everything).distribution).toHaveProperty("runlight");
});

test("resolveSettings() tells five faults of a file at once, each with its line and path", async () => {
  const name = fixture("five-faults.yaml");
  const error = await refused({ options: { file: name } });
  expect(error.message).toBe(
    [
      `Cannot start telemetry: ${name}:6 tracer_provider.processors[0].batch.exporter.otlp_grpc must be left out, as Runlight exports by otlp_http only, current value is {"endpoint":"http://localhost:4317"}`,
      `Cannot start telemetry: ${name}:10 tracer_provider.sampler.trace_id_ratio_based.ratio must be 1 or less, current value is 1.5`,
      `Cannot start telemetry: ${name}:14 meter_provider.readers[0].periodic.interval must be an integer, current value is "often"`,
      `Cannot start telemetry: ${name}:17 meter_provider.readers[0].periodic.exporter.otlp_http.endpoint must be an http:// or https:// URL, current value is "localhost:4318"`,
      `Cannot start telemetry: ${name}:20 distribution.runlight.heartbeat_intervall must be left out, as there is no such setting (did you mean "heartbeat_interval"?), current value is 5000`,
    ].join("\n"),
  );
  expect(error).toBeInstanceOf(RangeError);
  expect(error.name).toBe("TelemetryConfigError");
  expect(error.code).toBe("RUNLIGHT_CONFIG");
  expect(error.faults).toHaveLength(5);
});

test("resolveSettings() tells the faults of options, environment and file in one error", async () => {
  const error = await refused({
    options: { heartbeatIntervalMs: 5 },
    environment: { OTEL_TRACES_SAMPLER: "foo" },
    files: { "runlight.yaml": 'file_format: "1.1"\ndisabled: maybe\n' },
  });
  expect(error.message).toBe(
    [
      "Cannot start telemetry: heartbeatIntervalMs must be an integer from 1000 to 3600000, current value is 5",
      'Cannot start telemetry: OTEL_TRACES_SAMPLER must be one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio, current value is "foo"',
      'Cannot start telemetry: runlight.yaml:2 disabled must be true or false, current value is "maybe"',
    ].join("\n"),
  );
});

async function faultsOf(name: string, environment: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { faults } = await refused({ options: { file: fixture(name) }, environment });
  return lines(faults).map((line) => line.replace(`${fixture(name)}:`, "").replace(fixture(name), "file"));
}

test("resolveSettings() refuses every part of the schema that Runlight cannot honour, so that none is silently left out", async () => {
  expect(await faultsOf("parts-not-honoured.yaml")).toEqual([
    '2 tracer_providr: left out, as there is no such setting (did you mean "tracer_provider"?) = {}',
    `4 resource.schema_url: left out, as Runlight's resource has the schema of its own names = "https://example.org/schema"`,
    `6 resource.detection/development.attributes: left out, as Runlight's own attributes of the host and process are always kept = {"excluded":["process.*"]}`,
    "9 resource.detection/development.detectors[0].container: left out, as Runlight does not look for a container = null",
    "12 propagator.composite[0].b3: left out, as Runlight propagates W3C trace context and baggage only = null",
    "17 tracer_provider.processors[0].batch.exporter.console: left out, as Runlight has no console exporter; distribution.runlight.display shows runs = null",
    '18 tracer_provider.processors[1]: left out, as there is one processor = {"simple":{"exporter":{"otlp_http":null}}}',
    '22 tracer_provider.sampler.jaeger_remote/development: left out, as Runlight does not have it (it is in development) = {"endpoint":"http://jaeger","initial_sampler":{"always_on":null}}',
    '26 tracer_provider.tracer_configurator/development: left out, as Runlight does not have it (it is in development) = {"default_config":{"enabled":false}}',
    '31 meter_provider.readers[0].pull: left out, as Runlight has no pull reader; the Collector serves Prometheus = {"exporter":{"prometheus/development":null}}',
    '34 meter_provider.exemplar_filter: one of trace_based, always_off = "always_on"',
    '37 logger_provider.processors[0].batsh: left out, as there is no such setting (did you mean "batch"?) = {"exporter":{"otlp_http":null}}',
    '41 instrumentation/development.js: left out, as instrumentations are given as options of initTelemetry() = {"http":{"enabled":true}}',
  ]);
});

test("resolveSettings() refuses values that the schema lets pass, and shows neither secrets nor what a variable holds", async () => {
  expect(await faultsOf("values-not-accepted.yaml", { ENDPOINT: "hunter2" })).toEqual([
    '3 resource.attributes_list: a comma-separated list of name=value pairs, percent-encoded = "team"',
    '6 resource.attributes[0].value: an integer, as its type says = "four"',
    "9 resource.attributes[1].value: a string, as its type says = [redacted]",
    "15 tracer_provider.processors[0].batch.max_export_batch_size: at most 10, the size of the queue = 11",
    "18 tracer_provider.processors[0].batch.exporter.otlp_http.endpoint: an http:// or https:// URL = ${ENDPOINT}",
    "19 tracer_provider.processors[0].batch.exporter.otlp_http.timeout: an integer from 1 to 3600000 = 0",
    '20 tracer_provider.processors[0].batch.exporter.otlp_http.compression: one of gzip, none = "zstd"',
    "21 tracer_provider.processors[0].batch.exporter.otlp_http.headers_list: a comma-separated list of name=value pairs, percent-encoded = [redacted]",
    "23 tracer_provider.processors[0].batch.exporter.otlp_http.headers[0].name: a name that an HTTP header can have = [redacted]",
    "26 tracer_provider.processors[0].batch.exporter.otlp_http.headers[1].value: text that an HTTP header can carry = [redacted]",
    '28 tracer_provider.processors[0].batch.exporter.otlp_http.tls.ca_file: the path of a readable PEM file = "/no/such/authority.pem"',
    '29 tracer_provider.processors[0].batch.exporter.otlp_http.tls.key_file: given together with a client certificate = "/no/such/key.pem"',
    "34 meter_provider.readers[0].periodic.timeout: at most 1000, the interval between metric exports = 1001",
    '37 meter_provider.readers[0].periodic.exporter.otlp_http.temporality_preference: cumulative = "delta"',
    '38 meter_provider.readers[0].periodic.exporter.otlp_http.default_histogram_aggregation: explicit_bucket_histogram = "base2_exponential_bucket_histogram"',
    '40 meter_provider.views[0]: a view that the metrics SDK accepts = {"selector":{},"stream":{"name":"selects.nothing"}}',
    '47 meter_provider.views[1].stream.attribute_keys.included[0]: a whole attribute name, as there are no wildcards here = "detector.*"',
    "50 distribution.runlight.metric_interval: left out, as meter_provider.readers[0].periodic.interval says otherwise = 2000",
    "51 distribution.runlight.spool: a mapping = 5",
  ]);
});

test("resolveSettings() tells what is no YAML, one fault a line, without quoting the file", async () => {
  const text = 'file_format: "1.1"\nresource: {attributes: [\ndisabled: "open-sesame": "again"\n';
  const { faults } = await refused({ files: { "runlight.yaml": text } });
  expect(new Set(faults.map(({ where }) => where)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of lines(faults)) expect(fault).toMatch(/^runlight\.yaml:\d column \d+: well-formed YAML = wrong: /);
  expect(lines(faults).join("\n")).not.toContain("open-sesame");
});

test.for([
  ["file-format-of-the-future.yaml", '1 file_format: "1.0" or "1.1" = "2.0"'],
  ["file-format-missing.yaml", "1 file_format: given = undefined"],
  ["list-at-the-top.yaml", "file the file: a mapping that begins with file_format = something else"],
  ["empty.yaml", "file the file: a mapping that begins with file_format = something else"],
  [
    "alias-within-itself.yaml",
    "file the file: without aliases that grow or point at themselves = it cannot be resolved",
  ],
  [
    "malformed-substitution.yaml",
    '3 resource.attributes_list: text in which ${…} holds the name of a variable = "team=${1TEAM}"',
  ],
])("resolveSettings() refuses %s", async ([name = "", fault]) => {
  expect(await faultsOf(name)).toEqual([fault]);
});

test("resolveSettings() names what named a file that cannot be read", async () => {
  const byOption = await refused({ options: { file: "missing.yaml" }, environment: { OTEL_TRACES_SAMPLER: "foo" } });
  expect(lines(byOption.faults)[0]).toBe('options file: a readable file = "missing.yaml" (ENOENT)');
  expect(byOption.faults).toHaveLength(2);
  const byVariable = await refused({ environment: { OTEL_CONFIG_FILE: "." } });
  expect(lines(byVariable.faults)).toEqual(['environment OTEL_CONFIG_FILE: a regular file = ""']);
  const tooLarge = await refused({ files: { "runlight.yaml": `#${" ".repeat(1_048_576)}` } });
  expect(lines(tooLarge.faults)).toEqual(["runlight.yaml the file: a file of at most 1048576 bytes = 1048577 bytes"]);
  const largest = await resolved({ files: { "runlight.yaml": 'file_format: "1.1"\n'.padEnd(1_048_576) } });
  expect(largest.file).toMatch(/runlight\.yaml$/);
});

test("resolveSettings() lets a file switch telemetry off, and a variable keep what the file says of the rest", async () => {
  const files = { "runlight.yaml": 'file_format: "1.0"\ndisabled: ${OFF:-true}\n' };
  expect((await resolved({ files })).enabled).toBe(false);
  expect((await resolved({ files, environment: { OFF: "false" } })).enabled).toBe(true);
  expect((await resolved({ files, environment: { OTEL_SDK_DISABLED: "false" } })).enabled).toBe(true);
});
