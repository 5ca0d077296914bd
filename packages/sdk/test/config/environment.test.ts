import { DiagLogLevel } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { environmentVariables } from "../../src/config/environment-variables.ts";
import { lines, refused, resolved, type Sources } from "./resolved.ts";

const ofEnvironment = (environment: Sources["environment"]): Sources => ({ environment: environment ?? {} });

test("resolveSettings() keeps everything on disk where nobody names a receiver", async () => {
  const settings = await resolved({});
  expect([settings.traces, settings.metrics, settings.logs]).toEqual([undefined, undefined, undefined]);
});

test("resolveSettings() means the receiver on this host where an exporter but no endpoint is named, and in mode direct", async () => {
  const url = (signal: string): unknown => ({
    url: `http://localhost:4318/v1/${signal}`,
    timeoutMs: 10_000,
    compression: "none",
    headers: {},
    tls: {},
  });
  const named = await resolved(ofEnvironment({ OTEL_LOGS_EXPORTER: "otlp", OTEL_METRICS_EXPORTER: "none" }));
  expect([named.traces, named.metrics, named.logs]).toEqual([undefined, "none", url("logs")]);
  const direct = await resolved({ options: { mode: "direct" } });
  expect([direct.traces, direct.metrics, direct.logs]).toEqual([url("traces"), url("metrics"), url("logs")]);
});

test.for([
  ["http://host:4318", "http://host:4318/v1/traces"],
  ["http://host:4318/", "http://host:4318/v1/traces"],
  ["https://host/otlp", "https://host/otlp/v1/traces"],
  ["https://host/otlp/", "https://host/otlp/v1/traces"],
  ["https://host/otlp?tenant=a", "https://host/otlp/v1/traces?tenant=a"],
])("resolveSettings() adds the signal's path to the base %s", async ([base = "", url]) => {
  expect((await resolved(ofEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: base }))).traces).toMatchObject({ url });
});

test.for([
  ["http://host:4318", "http://host:4318/"],
  ["http://host:4318/own/path", "http://host:4318/own/path"],
])("resolveSettings() uses the endpoint %s of one signal as it is", async ([endpoint = "", url]) => {
  const settings = await resolved(
    ofEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://base", OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: endpoint }),
  );
  expect(settings.logs).toMatchObject({ url });
  expect(settings.metrics).toMatchObject({ url: "http://base/v1/metrics" });
});

test("resolveSettings() lets the variable of one signal stand above that of all", async () => {
  const settings = await resolved({
    files: {
      "ca.pem": "-----BEGIN CERTIFICATE-----\n",
      "own.pem": "-----BEGIN CERTIFICATE-----\n",
      "key.pem": "-----BEGIN PRIVATE KEY-----\n",
    },
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://host",
      OTEL_EXPORTER_OTLP_TIMEOUT: "1000",
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: "2000",
      OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: "none",
      OTEL_EXPORTER_OTLP_CERTIFICATE: "ca.pem",
      OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: "own.pem",
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: "own.pem",
      OTEL_EXPORTER_OTLP_CLIENT_KEY: "key.pem",
      OTEL_EXPORTER_OTLP_HEADERS: " api-key = a%2Cb , x=1=2,,",
    },
  });
  const below = (name: string): unknown => expect.stringMatching(new RegExp(`^/.*/${name}$`));
  const tls = { caFile: below("ca.pem"), certificateFile: below("own.pem"), keyFile: below("key.pem") };
  const headers = { "api-key": "a,b", x: "1=2" };
  expect(settings.traces).toEqual({
    url: "https://host/v1/traces",
    headers,
    timeoutMs: 1000,
    compression: "gzip",
    tls: { ...tls, caFile: below("own.pem") },
  });
  expect(settings.metrics).toEqual({
    url: "https://host/v1/metrics",
    headers,
    timeoutMs: 2000,
    compression: "gzip",
    tls,
  });
  expect(settings.logs).toEqual({ url: "https://host/v1/logs", headers, timeoutMs: 1000, compression: "none", tls });
});

test.for([
  [{ OTEL_TRACES_SAMPLER: "always_on" }, "AlwaysOnSampler"],
  [{ OTEL_TRACES_SAMPLER: "always_off" }, "AlwaysOffSampler"],
  [{ OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.5" }, "TraceIdRatioBased{0.5}"],
  [{ OTEL_TRACES_SAMPLER: "traceidratio" }, "TraceIdRatioBased{1}"],
  [{ OTEL_TRACES_SAMPLER: "parentbased_always_on" }, "ParentBased{root=AlwaysOnSampler"],
  [{ OTEL_TRACES_SAMPLER: "parentbased_always_off", OTEL_TRACES_SAMPLER_ARG: "" }, "ParentBased{root=AlwaysOffSampler"],
  [
    { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "1e-3" },
    "ParentBased{root=TraceIdRatioBased{0.001}",
  ],
] as const)("resolveSettings() makes the sampler of %j", async ([environment, text]) => {
  const { sampler } = await resolved(ofEnvironment({ ...environment }));
  expect(sampler.toString().startsWith(text)).toBe(true);
});

test("resolveSettings() reads limits, those of one signal above those of all", async () => {
  const settings = await resolved(
    ofEnvironment({
      OTEL_ATTRIBUTE_COUNT_LIMIT: "10",
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "100",
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: "11",
      OTEL_SPAN_EVENT_COUNT_LIMIT: "0",
      OTEL_SPAN_LINK_COUNT_LIMIT: "13",
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: "14",
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: "15",
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "200",
    }),
  );
  expect(settings.spanLimits).toEqual({
    attributeValueLengthLimit: 100,
    attributeCountLimit: 11,
    eventCountLimit: 0,
    linkCountLimit: 13,
    attributePerEventCountLimit: 14,
    attributePerLinkCountLimit: 15,
  });
  expect(settings.logRecordLimits).toEqual({ attributeValueLengthLimit: 200, attributeCountLimit: 10 });
});

test("resolveSettings() reads the queues of mode direct, and leaves the runtime its own where nothing is said", async () => {
  const settings = await resolved(
    ofEnvironment({
      OTEL_BSP_SCHEDULE_DELAY: "0",
      OTEL_BSP_MAX_QUEUE_SIZE: "100",
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "100",
      OTEL_BLRP_EXPORT_TIMEOUT: "9",
      OTEL_METRIC_EXPORT_INTERVAL: "100",
      OTEL_METRIC_EXPORT_TIMEOUT: "100",
    }),
  );
  expect(settings.spanBatch).toEqual({ scheduledDelayMillis: 0, maxQueueSize: 100, maxExportBatchSize: 100 });
  expect(settings.logRecordBatch).toEqual({ exportTimeoutMillis: 9 });
  expect(settings.metricTimeoutMs).toBe(100);
});

test.for([
  ["tracecontext", ["traceparent", "tracestate"]],
  ["baggage, tracecontext,baggage", ["traceparent", "tracestate", "baggage"]],
  ["none", []],
  ["tracecontext,none", []],
] as const)("resolveSettings() makes the propagator of %s", async ([list, fields]) => {
  expect((await resolved(ofEnvironment({ OTEL_PROPAGATORS: list }))).propagator.fields()).toEqual(fields);
});

test("resolveSettings() reads the level of diagnostics in any case of letters", async () => {
  expect((await resolved({})).diagnosticLevel).toBe(undefined);
  expect((await resolved(ofEnvironment({ OTEL_LOG_LEVEL: "DEBUG" }))).diagnosticLevel).toBe(DiagLogLevel.DEBUG);
});

test("resolveSettings() takes an empty or blank variable for unset", async () => {
  const blank = Object.fromEntries(environmentVariables.map(({ name }) => [name, name.length % 2 === 0 ? "" : "  "]));
  const [withBlank, without] = [await resolved(ofEnvironment(blank)), await resolved({})];
  expect([...withBlank.origins].filter(([key]) => !key.includes("instance"))).toEqual(
    [...without.origins].filter(([key]) => !key.includes("instance")),
  );
});

test("resolveSettings() leaves the variables of other programs alone", async () => {
  const others = {
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: "http://zipkin",
    OTEL_EXPORTER_OTLP_INSECURE: "true",
    OTEL_NODE_RESOURCE_DETECTORS: "all",
    OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: "GET",
    OTEL_PYTHON_LOG_CORRELATION: "true",
    RUNLIGHT_OF_SOMEBODY_ELSE: "1",
    OTELCOL_CONFIG: "x",
  };
  expect((await resolved(ofEnvironment(others))).enabled).toBe(true);
});

test("resolveSettings() tells every fault of the environment at once and shows no secret", async () => {
  const { faults } = await refused(
    ofEnvironment({
      OTEL_SDK_DISABLED: "1",
      OTEL_TRACES_EXPORTER: "zipkin",
      OTEL_METRICS_EXPORTER: "prometheus",
      OTEL_LOGS_EXPORTER: "otlp,console",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "//user:hunter2@host",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization hunter2",
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: "a=hunter2%",
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: "a=hunter2;secure",
      OTEL_EXPORTER_OTLP_TIMEOUT: "10s",
      OTEL_EXPORTER_OTLP_COMPRESSION: "zstd",
      OTEL_TRACES_SAMPLER: "foo",
      OTEL_PROPAGATORS: "tracecontext,b3",
      OTEL_LOG_LEVEL: "loud",
      OTEL_RESOURCE_ATTRIBUTES: "token=hunter2,team",
      OTEL_METRIC_EXPORT_INTERVAL: "0x10",
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
      OTEL_METRICS_EXEMPLAR_FILTER: "always_on",
      OTEL_ATTRIBUTE_COUNT_LIMIT: "-1",
      OTEL_EXPERIMENTAL_CONFIG_FILE: "x.yaml",
      OTEL_EXPORTER_OTLP_HEADER: "authorization=hunter2",
      otel_service_name: "lower",
      RUNLIGHT_MOED: "direct",
      RUNLIGHT_SPOOL_FSYNC: "yes",
      RUNLIGHT_HOST_METRICS: "constructor",
    }),
  );
  expect(lines(faults)).toEqual(
    [
      'OTEL_SDK_DISABLED: true or false = "1"',
      'OTEL_LOG_LEVEL: one of none, error, warn, info, debug, verbose, all = "loud"',
      'OTEL_RESOURCE_ATTRIBUTES: a comma-separated list of name=value pairs, percent-encoded = "token=[redacted],team"',
      'OTEL_PROPAGATORS: a comma-separated list of tracecontext, baggage, or none = "tracecontext,b3"',
      'OTEL_TRACES_SAMPLER: one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio = "foo"',
      'OTEL_TRACES_EXPORTER: one of otlp, none = "zipkin"',
      'OTEL_METRICS_EXPORTER: one of otlp, none = "prometheus"',
      'OTEL_LOGS_EXPORTER: one of otlp, none = "otlp,console"',
      'OTEL_EXPORTER_OTLP_ENDPOINT: an http:// or https:// URL = "localhost:4318"',
      "OTEL_EXPORTER_OTLP_HEADERS: a comma-separated list of name=value pairs, percent-encoded = [redacted]",
      'OTEL_EXPORTER_OTLP_TIMEOUT: an integer from 1 to 3600000 = "10s"',
      'OTEL_EXPORTER_OTLP_COMPRESSION: one of gzip, none = "zstd"',
      'OTEL_EXPORTER_OTLP_PROTOCOL: one of http/protobuf, http/json = "grpc"',
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: an http:// or https:// URL = "//[redacted]@host"',
      "OTEL_EXPORTER_OTLP_METRICS_HEADERS: a comma-separated list of name=value pairs, percent-encoded = [redacted]",
      "OTEL_EXPORTER_OTLP_LOGS_HEADERS: a comma-separated list of name=value pairs, percent-encoded = [redacted]",
      'OTEL_METRIC_EXPORT_INTERVAL: an integer from 10 to 86400000 = "0x10"',
      'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: cumulative = "delta"',
      'OTEL_METRICS_EXEMPLAR_FILTER: one of trace_based, always_off = "always_on"',
      'OTEL_ATTRIBUTE_COUNT_LIMIT: an integer of 0 or more = "-1"',
      'RUNLIGHT_SPOOL_FSYNC: true or false = "yes"',
      'RUNLIGHT_HOST_METRICS: true or false = "constructor"',
      "OTEL_EXPERIMENTAL_CONFIG_FILE: unset, as OTEL_CONFIG_FILE names the file = [redacted]",
      'OTEL_EXPORTER_OTLP_HEADER: unset (did you mean "OTEL_EXPORTER_OTLP_HEADERS"?) = [redacted]',
      'RUNLIGHT_MOED: unset (did you mean "RUNLIGHT_MODE"?) = [redacted]',
      'otel_service_name: unset (did you mean "OTEL_SERVICE_NAME"?) = [redacted]',
    ].map((line) => `environment ${line}`),
  );
});

test("resolveSettings() refuses a ratio for a sampler that has none", async () => {
  const rule = "traceidratio or parentbased_traceidratio where OTEL_TRACES_SAMPLER_ARG is set";
  const alone = await refused(ofEnvironment({ OTEL_TRACES_SAMPLER_ARG: "0.1" }));
  expect(lines(alone.faults)).toEqual([`environment OTEL_TRACES_SAMPLER: ${rule} = undefined`]);
  const unfit = await refused(ofEnvironment({ OTEL_TRACES_SAMPLER: "always_on", OTEL_TRACES_SAMPLER_ARG: "0.1" }));
  expect(lines(unfit.faults)).toEqual([`environment OTEL_TRACES_SAMPLER: ${rule} = "always_on"`]);
  const outside = await refused(
    ofEnvironment({ OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "1.01" }),
  );
  expect(lines(outside.faults)).toEqual(['environment OTEL_TRACES_SAMPLER_ARG: a number from 0 to 1 = "1.01"']);
});

test("resolveSettings() holds encodings, timeouts, batches and TLS files against each other", async () => {
  const json = await refused(ofEnvironment({ OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/json" }));
  expect(lines(json.faults)).toEqual([
    'environment OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: http/protobuf, as mode spool ships nothing else = "http/json"',
  ]);
  const mixed = await refused({
    options: { mode: "direct" },
    environment: {
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: "http/protobuf",
      OTEL_METRIC_EXPORT_TIMEOUT: "60001",
      OTEL_BSP_MAX_QUEUE_SIZE: "2048",
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "2049",
      OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: "key.pem",
      OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: "text.pem",
    },
    files: { "key.pem": "-----BEGIN PRIVATE KEY-----", "text.pem": "no certificate" },
  });
  expect(lines(mixed.faults)).toEqual([
    'environment OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: given together with a client certificate = "key.pem"',
    'environment OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: the path of a readable PEM file = "text.pem"',
    'environment OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: http/json, as OTEL_EXPORTER_OTLP_TRACES_PROTOCOL says it for another signal = "http/protobuf"',
    "environment OTEL_BSP_MAX_EXPORT_BATCH_SIZE: at most 2048, the size of the queue = 2049",
    "environment OTEL_METRIC_EXPORT_TIMEOUT: at most 60000, the interval between metric exports = 60001",
  ]);
  const direct = await resolved({
    options: { mode: "direct" },
    environment: { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
  });
  expect(direct.protocol).toBe("http/json");
});

test.for<Sources>([
  { environment: { OTEL_SDK_DISABLED: "TRUE", OTEL_TRACES_EXPORTER: "zipkin", OTEL_CONFIG_FILE: "missing.yaml" } },
  { environment: { RUNLIGHT_MODE: "off", OTEL_TRACES_SAMPLER: "foo" }, files: { "runlight.yaml": "not: a: file" } },
  { options: { mode: "off" }, environment: { OTEL_TRACES_SAMPLER: "foo" } },
])("resolveSettings() always lets an option or a variable switch telemetry off: %j", async (sources) => {
  expect((await resolved(sources)).enabled).toBe(false);
});

test("resolveSettings() tells faults of the options even when telemetry is off", async () => {
  const { faults } = await refused({ options: { servise: "x" }, environment: { OTEL_SDK_DISABLED: "true" } });
  expect(faults).toHaveLength(1);
});

test("environmentVariables names each variable once", () => {
  const names = environmentVariables.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
