/** Which parts of a configuration file Runlight honours. Everything else in a file is a fault, never silently left out. */
export type Honoured = "value" | HonouredList | HonouredMapping;

/** A list whose items are all alike. */
export interface HonouredList {
  readonly each: Honoured;
}

/** A mapping. */
export interface HonouredMapping {
  readonly keys: Readonly<Record<string, Honoured>>;
  /** Keys of OpenTelemetry's schema that are not honoured, and why; completes "must be left out, as …". */
  readonly refused?: Readonly<Record<string, string>>;
  /** True where a key by itself chooses a component, so that it counts even without a value. */
  readonly isChoice?: boolean;
  /** Keys of others, which are none of our business. */
  readonly foreign?: (key: string) => boolean;
}

const value = "value";
const nothing: HonouredMapping = { keys: {} };
const inDevelopment = "Runlight does not have it (it is in development)";

const otlpHttp: HonouredMapping["keys"] = {
  endpoint: value,
  tls: { keys: { ca_file: value, key_file: value, cert_file: value } },
  headers: { each: { keys: { name: value, value } } },
  headers_list: value,
  compression: value,
  timeout: value,
  encoding: value,
};

const refusedExporters = {
  otlp_grpc: "Runlight exports by otlp_http only",
  console: "Runlight has no console exporter; distribution.runlight.display shows runs",
  "otlp_file/development": "Runlight's own spool is the file",
};

const exporter: HonouredMapping = {
  isChoice: true,
  keys: { otlp_http: { keys: otlpHttp } },
  refused: refusedExporters,
};

const metricExporter: HonouredMapping = {
  ...exporter,
  keys: { otlp_http: { keys: { ...otlpHttp, temporality_preference: value, default_histogram_aggregation: value } } },
};

const processors: HonouredList = {
  each: {
    isChoice: true,
    keys: {
      batch: {
        keys: {
          schedule_delay: value,
          export_timeout: value,
          max_queue_size: value,
          max_export_batch_size: value,
          exporter,
        },
      },
      simple: { keys: { exporter } },
    },
    refused: { "event_to_span_event_bridge/development": inDevelopment },
  },
};

const sampler: HonouredMapping = {
  isChoice: true,
  keys: {
    always_on: nothing,
    always_off: nothing,
    trace_id_ratio_based: { keys: { ratio: value } },
    parent_based: {
      keys: {
        get root() {
          return sampler;
        },
        get remote_parent_sampled() {
          return sampler;
        },
        get remote_parent_not_sampled() {
          return sampler;
        },
        get local_parent_sampled() {
          return sampler;
        },
        get local_parent_not_sampled() {
          return sampler;
        },
      },
    },
  },
  refused: {
    "composite/development": inDevelopment,
    "jaeger_remote/development": inDevelopment,
    "probability/development": inDevelopment,
  },
};

const attributeLimits = { attribute_value_length_limit: value, attribute_count_limit: value } as const;

const tracerProvider: HonouredMapping = {
  keys: {
    processors,
    limits: {
      keys: {
        ...attributeLimits,
        event_count_limit: value,
        link_count_limit: value,
        event_attribute_count_limit: value,
        link_attribute_count_limit: value,
      },
    },
    sampler,
    id_generator: { isChoice: true, keys: { random: nothing } },
  },
  refused: { "tracer_configurator/development": inDevelopment },
};

const views: HonouredList = {
  each: {
    keys: {
      selector: {
        keys: {
          instrument_name: value,
          instrument_type: value,
          unit: value,
          meter_name: value,
          meter_version: value,
          meter_schema_url: value,
        },
      },
      stream: {
        keys: {
          name: value,
          description: value,
          aggregation: {
            isChoice: true,
            keys: {
              default: nothing,
              drop: nothing,
              explicit_bucket_histogram: { keys: { boundaries: { each: value }, record_min_max: value } },
              base2_exponential_bucket_histogram: {
                keys: { max_size: value, record_min_max: value },
                refused: { max_scale: "the metrics SDK has the scale 20 only" },
              },
              last_value: nothing,
              sum: nothing,
            },
          },
          aggregation_cardinality_limit: value,
          attribute_keys: { keys: { included: { each: value }, excluded: { each: value } } },
        },
      },
    },
  },
};

const meterProvider: HonouredMapping = {
  keys: {
    readers: {
      each: {
        isChoice: true,
        keys: {
          periodic: {
            keys: { interval: value, timeout: value, exporter: metricExporter },
            refused: {
              producers: "Runlight has no metric producers from a file",
              cardinality_limits: "the limit of a view (aggregation_cardinality_limit) is the one there is",
              "max_export_batch_size/development": inDevelopment,
            },
          },
        },
        refused: { pull: "Runlight has no pull reader; the Collector serves Prometheus" },
      },
    },
    views,
    exemplar_filter: value,
  },
  refused: { "meter_configurator/development": inDevelopment },
};

const resource: HonouredMapping = {
  keys: {
    attributes: { each: { keys: { name: value, value, type: value } } },
    attributes_list: value,
    "detection/development": {
      keys: {
        detectors: {
          each: {
            isChoice: true,
            keys: { host: nothing, process: nothing, service: nothing },
            refused: { container: "Runlight does not look for a container" },
          },
        },
      },
      refused: { attributes: "Runlight's own attributes of the host and process are always kept" },
    },
  },
  refused: { schema_url: "Runlight's resource has the schema of its own names" },
};

const onlyW3c = "Runlight propagates W3C trace context and baggage only";

const propagator: HonouredMapping = {
  isChoice: true,
  keys: { tracecontext: nothing, baggage: nothing, none: nothing },
  refused: { b3: onlyW3c, b3multi: onlyW3c },
};

const otherLanguages = new Set(["cpp", "dotnet", "erlang", "go", "java", "php", "python", "ruby", "rust", "swift"]);

/** The whole file. `distribution.runlight` has its own reader; keys that begin with `x-` are the user's. */
export const honouredFile: HonouredMapping = {
  keys: {
    file_format: value,
    disabled: value,
    log_level: value,
    attribute_limits: { keys: attributeLimits },
    resource,
    propagator: {
      keys: { composite: { each: propagator }, composite_list: value },
    },
    tracer_provider: tracerProvider,
    meter_provider: meterProvider,
    logger_provider: {
      keys: { processors, limits: { keys: attributeLimits } },
      refused: { "logger_configurator/development": inDevelopment },
    },
    "instrumentation/development": {
      keys: {},
      foreign: (key) => otherLanguages.has(key),
      refused: {
        general: "instrumentations are given as options of initTelemetry()",
        js: "instrumentations are given as options of initTelemetry()",
      },
    },
    distribution: { keys: {}, foreign: () => true },
  },
  foreign: (key) => key.startsWith("x-"),
};
