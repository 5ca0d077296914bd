export { createLogger } from "./logger/create-logger.ts";
export type { LoggerConfig, RunlightLogger } from "./logger/create-logger.ts";
export { createOpenTelemetryTransport } from "./transport/opentelemetry-transport.ts";
export type { OpenTelemetryTransportOptions } from "./transport/opentelemetry-transport.ts";
export { startConsoleBridge } from "./console/console-bridge.ts";
export type { ConsoleBridge } from "./console/console-bridge.ts";
