import { join } from "node:path";
import { portEnvironment, portsOf } from "./ports.ts";
import type { ProgramName } from "./programs.ts";
import { renderAlertmanager, renderPrometheus } from "./render-configuration.ts";

/** Where one run of the stack keeps what it makes. */
export interface StackDirectories {
  readonly root: string;
  readonly data: string;
  readonly logs: string;
  readonly configuration: string;
}

/** Gives the folders inside the stack's directory. */
export function stackDirectories(root: string): StackDirectories {
  return { root, data: join(root, "data"), logs: join(root, "logs"), configuration: join(root, "configuration") };
}

/** What decides how the services run. */
export interface ServiceSettings {
  readonly stackRoot: string;
  readonly directories: StackDirectories;
  readonly portOffset: number;
  /** File with the URL to which Alertmanager sends; without it alerts are shown and go nowhere. */
  readonly webhookUrlFile?: string;
  /** Flags of Prometheus besides those of every stack. Default: none. */
  readonly prometheusArgs?: readonly string[];
}

/** How one program runs as a service. */
export interface Service {
  readonly program: ProgramName;
  readonly binary: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Answers 200 once the service takes work. */
  readonly readyUrl: string;
  /** What a person opens or sends to. */
  readonly url: string;
  /** Arguments with which the program checks the configuration that it would run with. */
  readonly verifyArgs?: readonly string[];
  /** Writes the copies of configuration files that the program needs, and tells whether they changed. */
  readonly prepare: () => boolean;
}

const collectorMemoryLimitBytes = 410 * 1024 * 1024;

/** Gives the service of a program under these settings. */
export function serviceOf(program: ProgramName, settings: ServiceSettings): Service {
  const { stackRoot, directories, portOffset } = settings;
  const data = join(directories.data, program);
  const ports = portsOf(program, portOffset);
  const at = (name: string): string => `127.0.0.1:${ports[name]}`;
  const environment = { ...portEnvironment(portOffset), RUNLIGHT_STACK_BIND: "127.0.0.1", RUNLIGHT_STACK_DATA: data };
  const nothing = (): boolean => false;

  switch (program) {
    case "collector": {
      const file = join(stackRoot, "collector", "agent.yaml");
      return {
        program,
        binary: "otelcol",
        args: ["--config", file],
        verifyArgs: ["validate", "--config", file],
        environment: { ...environment, GOMEMLIMIT: String(collectorMemoryLimitBytes) },
        readyUrl: `http://${at("collector-health")}/`,
        url: `http://${at("otlp-http")}`,
        prepare: nothing,
      };
    }
    case "tempo": {
      const args = [`-config.file=${join(stackRoot, "grafana", "tempo", "tempo.yaml")}`, "-config.expand-env=true"];
      return {
        program,
        binary: "tempo",
        args,
        verifyArgs: [...args, "-config.verify=true"],
        environment,
        readyUrl: `http://${at("tempo")}/ready`,
        url: `http://${at("tempo")}`,
        prepare: nothing,
      };
    }
    case "loki": {
      const args = [`-config.file=${join(stackRoot, "grafana", "loki", "loki.yaml")}`, "-config.expand-env=true"];
      return {
        program,
        binary: "loki",
        args,
        verifyArgs: [...args, "-verify-config=true"],
        environment,
        readyUrl: `http://${at("loki")}/ready`,
        url: `http://${at("loki")}`,
        prepare: nothing,
      };
    }
    case "prometheus":
      return {
        program,
        binary: "prometheus",
        args: [
          `--config.file=${join(directories.configuration, "prometheus.yaml")}`,
          `--storage.tsdb.path=${data}`,
          `--web.listen-address=${at("prometheus")}`,
          ...prometheusFlags,
          ...(settings.prometheusArgs ?? []),
        ],
        environment,
        readyUrl: `http://${at("prometheus")}/-/ready`,
        url: `http://${at("prometheus")}`,
        prepare: () => renderPrometheus(settings),
      };
    case "alertmanager":
      return {
        program,
        binary: "alertmanager",
        args: [
          `--config.file=${join(directories.configuration, "alertmanager.yaml")}`,
          `--storage.path=${data}`,
          `--web.listen-address=${at("alertmanager")}`,
          ...alertmanagerFlags,
        ],
        environment,
        readyUrl: `http://${at("alertmanager")}/-/ready`,
        url: `http://${at("alertmanager")}`,
        prepare: () => renderAlertmanager(settings),
      };
  }
}

/** Flags of Prometheus that are the same natively and with Docker. */
export const prometheusFlags: readonly string[] = [
  "--web.enable-otlp-receiver",
  "--web.enable-remote-write-receiver",
  "--enable-feature=exemplar-storage,created-timestamp-zero-ingestion,promql-extended-range-selectors",
  // With the default of a minute the first page is lost when Alertmanager is found after it was due.
  "--rules.alert.resend-delay=1s",
];

/** Flags of Alertmanager that are the same natively and with Docker: one node, as much history as the backends. */
export const alertmanagerFlags: readonly string[] = ["--cluster.listen-address=", "--data.retention=336h"];
