import { W3CBaggagePropagator } from "@opentelemetry/core";
import { SimpleLogRecordProcessor, InMemoryLogRecordExporter } from "@opentelemetry/sdk-logs";
import {
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
  AggregationTemporality,
} from "@opentelemetry/sdk-metrics";
import { AlwaysOffSampler, NoopSpanProcessor } from "@opentelemetry/sdk-trace";
import { expect, test } from "vitest";
import { lines, refused, resolved } from "./resolved.ts";

test("resolveSettings() passes the user's own parts through unchanged", async () => {
  const parts = {
    instrumentations: [
      {
        instrumentationName: "i",
        instrumentationVersion: "1",
        enable() {},
        disable() {},
        setTracerProvider() {},
        setMeterProvider() {},
      },
    ],
    spanProcessors: [new NoopSpanProcessor()],
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter: new InMemoryLogRecordExporter() })],
    metricReaders: [
      new PeriodicExportingMetricReader({ exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE) }),
    ],
  };
  const sampler = new AlwaysOffSampler();
  const propagator = new W3CBaggagePropagator();
  const views = [{ instrumentName: "a", name: "b" }];
  const settings = await resolved({
    options: { ...parts, sampler, propagator, views },
    environment: { OTEL_TRACES_SAMPLER: "always_on" },
  });
  expect(settings.parts).toEqual(parts);
  expect(settings.parts.spanProcessors?.[0]).toBe(parts.spanProcessors[0]);
  expect(settings.sampler).toBe(sampler);
  expect(settings.propagator).toBe(propagator);
  expect(settings.views).toEqual(views);
  expect(settings.origins.get("sampler")).toEqual({ source: "option", where: "sampler", value: "AlwaysOffSampler" });
});

test("resolveSettings() takes an undefined option for one that is not given", async () => {
  const settings = await resolved({
    options: { service: undefined, spool: undefined, heartbeatIntervalMs: undefined, nothing: undefined },
  });
  expect(settings.heartbeatIntervalMs).toBe(15_000);
});

test("resolveSettings() tells every fault of the options at once", async () => {
  const { faults } = await refused({
    options: {
      service: " ",
      serviceVersion: 3,
      environment: null,
      resourceAttributes: { mixed: [1, "a"], nested: { a: 1 }, "db.password": Symbol("hunter2") },
      endpoint: "ftp://host",
      headers: { "not a token": "x", authorization: "hunter2\n" },
      file: "",
      mode: "fast",
      directory: "a\0b",
      spool: { maxSizeBytes: 1_048_575, maxAgeDays: 3651, maxBufferBytes: 65_535.5, fsync: "yes", maxSizeByte: 1 },
      redactKeys: ["ok", ""],
      heartbeatIntervalMs: 999,
      metricIntervalMs: "60000",
      shutdownTimeoutMs: 0,
      hostMetrics: 1,
      captureConsole: "true",
      display: "bar",
      instrumentations: {},
      spanProcessors: [{}],
      logRecordProcessors: [null],
      metricReaders: ["reader"],
      sampler: "always_on",
      views: [{ name: "selects.nothing" }],
      propagator: {},
      servise: "typo",
      apiToken: "hunter2",
    },
  });
  expect(lines(faults)).toEqual([
    'options servise: left out, as there is no such option (did you mean "service"?) = "typo"',
    "options apiToken: left out, as there is no such option = [redacted]",
    'options resourceAttributes.mixed: a string, a finite number, a boolean or a list of one of these = [1,"a"]',
    'options resourceAttributes.nested: a string, a finite number, a boolean or a list of one of these = {"a":1}',
    "options resourceAttributes.db.password: a string, a finite number, a boolean or a list of one of these = [redacted]",
    'options service: a non-empty string = " "',
    "options serviceVersion: a non-empty string = 3",
    "options environment: a non-empty string = null",
    'options endpoint: an http:// or https:// URL = "ftp://host"',
    "options headers.not a token: left out, as the name is not allowed here = [redacted]",
    "options headers.authorization: text that an HTTP header can carry = [redacted]",
    'options file: a path = ""',
    'options mode: one of spool, direct, off = "fast"',
    'options directory: a path = "a\\u0000b"',
    'options redactKeys: a list of non-empty strings = ["ok",""]',
    "options heartbeatIntervalMs: an integer from 1000 to 3600000 = 999",
    'options metricIntervalMs: an integer from 10 to 86400000 = "60000"',
    "options shutdownTimeoutMs: an integer from 1 to 600000 = 0",
    "options hostMetrics: true or false = 1",
    'options captureConsole: true or false = "true"',
    'options display: one of auto, lines, none = "bar"',
    'options spool.maxSizeByte: left out, as there is no such option (did you mean "maxSizeBytes"?) = 1',
    "options spool.maxSizeBytes: an integer of 1048576 or more = 1048575",
    "options spool.maxAgeDays: an integer from 0 to 3650 = 3651",
    "options spool.maxBufferBytes: an integer of 65536 or more = 65535.5",
    'options spool.fsync: true or false = "yes"',
    "options instrumentations: a list = {}",
    "options spanProcessors[0]: a SpanProcessor (an object with onStart(), onEnd(), forceFlush(), shutdown()) = {}",
    "options logRecordProcessors[0]: a LogRecordProcessor (an object with onEmit(), forceFlush(), shutdown()) = null",
    'options metricReaders[0]: a MetricReader (an object with setMetricProducer(), collect(), forceFlush(), shutdown()) = "reader"',
    'options sampler: a Sampler (an object with shouldSample(), toString()) = "always_on"',
    'options views[0]: a view that the metrics SDK accepts = {"name":"selects.nothing"}',
    "options propagator: a TextMapPropagator (an object with inject(), extract(), fields()) = {}",
  ]);
});

test.for([null, [], "runlight.yaml", 5])("resolveSettings() refuses %j for the options", async (options) => {
  const { faults } = await refused({ options });
  expect(lines(faults)).toEqual([`options the argument of initTelemetry(): an object = ${JSON.stringify(options)}`]);
});

test("resolveSettings() takes the last accepted value at each bound", async () => {
  const lowest = await resolved({
    options: {
      heartbeatIntervalMs: 1000,
      metricIntervalMs: 10,
      shutdownTimeoutMs: 1,
      spool: { maxSizeBytes: 1_048_576, maxBufferBytes: 65_536 },
    },
  });
  expect(lowest.bounds).toEqual({
    maxSizeBytes: 1_048_576,
    maxAgeDays: 14,
    maxBufferBytes: 65_536,
    maxSegmentBytes: 131_072,
    fsync: false,
  });
  expect(lowest.metricTimeoutMs).toBe(10);
  const highest = await resolved({
    options: {
      heartbeatIntervalMs: 3_600_000,
      metricIntervalMs: 86_400_000,
      shutdownTimeoutMs: 600_000,
      spool: { maxAgeDays: 3650 },
    },
  });
  expect(highest).toMatchObject({
    heartbeatIntervalMs: 3_600_000,
    metricIntervalMs: 86_400_000,
    metricTimeoutMs: 30_000,
  });
});
