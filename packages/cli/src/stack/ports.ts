import type { ProgramName } from "./programs.ts";

/** One TCP port of the stack. */
export interface StackPort {
  readonly name: string;
  readonly program: ProgramName;
  /** The port without an offset, as it stands in the configuration files. */
  readonly port: number;
  /** Environment variable by which the configuration files take another one. */
  readonly variable: string;
}

/** Every port that the stack listens on, all of them on the loopback address. */
export const stackPorts: readonly StackPort[] = [
  { name: "otlp-http", program: "collector", port: 4318, variable: "RUNLIGHT_STACK_OTLP_HTTP_PORT" },
  { name: "otlp-grpc", program: "collector", port: 4317, variable: "RUNLIGHT_STACK_OTLP_GRPC_PORT" },
  { name: "collector-health", program: "collector", port: 13133, variable: "RUNLIGHT_STACK_COLLECTOR_PORT" },
  { name: "collector-metrics", program: "collector", port: 8888, variable: "RUNLIGHT_STACK_COLLECTOR_METRICS_PORT" },
  { name: "tempo", program: "tempo", port: 3200, variable: "RUNLIGHT_STACK_TEMPO_PORT" },
  { name: "tempo-otlp", program: "tempo", port: 14318, variable: "RUNLIGHT_STACK_TEMPO_OTLP_PORT" },
  { name: "tempo-grpc", program: "tempo", port: 9097, variable: "RUNLIGHT_STACK_TEMPO_GRPC_PORT" },
  { name: "tempo-gossip", program: "tempo", port: 7947, variable: "RUNLIGHT_STACK_TEMPO_GOSSIP_PORT" },
  { name: "loki", program: "loki", port: 3100, variable: "RUNLIGHT_STACK_LOKI_PORT" },
  { name: "loki-grpc", program: "loki", port: 9096, variable: "RUNLIGHT_STACK_LOKI_GRPC_PORT" },
  { name: "prometheus", program: "prometheus", port: 9090, variable: "RUNLIGHT_STACK_PROMETHEUS_PORT" },
  { name: "alertmanager", program: "alertmanager", port: 9093, variable: "RUNLIGHT_STACK_ALERTMANAGER_PORT" },
];

/** Gives the ports of one program by name, moved by the offset. */
export function portsOf(program: ProgramName, portOffset: number): Readonly<Record<string, number>> {
  const own = stackPorts.filter((entry) => entry.program === program);
  return Object.fromEntries(own.map((entry) => [entry.name, entry.port + portOffset]));
}

/** Gives the variables that carry every port, moved by the offset, into the configuration files. */
export function portEnvironment(portOffset: number): Readonly<Record<string, string>> {
  return Object.fromEntries(stackPorts.map((entry) => [entry.variable, String(entry.port + portOffset)]));
}

/**
 * Reads a port offset from the command line.
 *
 * @throws RangeError when a port of the stack would leave 1024 to 65535.
 */
export function parsePortOffset(text: string): number {
  const offset = Number(text);
  const ports = stackPorts.map((entry) => entry.port + offset);
  if (!Number.isInteger(offset) || Math.min(...ports) < 1024 || Math.max(...ports) > 65_535) {
    throw new RangeError(
      `Cannot move the stack's ports: --port-offset must be a whole number that keeps all of them within 1024 and 65535, current value is ${text}`,
    );
  }
  return offset;
}
