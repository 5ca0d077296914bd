// The few functions of the opponents that are called here: the types are checked whether or not an opponent is installed.

declare module "pino" {
  interface Logger {
    info(fields: object, message: string): void;
  }
  function pino(destination: unknown): Logger;
  namespace pino {
    function destination(path: string): unknown;
  }
  export default pino;
}

declare module "prom-client" {
  interface Settings {
    readonly name: string;
    readonly help: string;
    readonly labelNames: readonly string[];
  }
  export class Histogram {
    constructor(settings: Settings);
    observe(labels: Readonly<Record<string, string>>, value: number): void;
    labels(labels: Readonly<Record<string, string>>): { observe(value: number): void };
  }
  export class Counter {
    constructor(settings: Settings);
    inc(labels: Readonly<Record<string, string>>, value: number): void;
  }
}

declare module "dd-trace" {
  interface Exporter {
    flush(done: () => void): void;
  }
  interface Tracer {
    init(options: Readonly<Record<string, unknown>>): Tracer;
    trace<T>(name: string, options: { readonly resource?: string; readonly tags?: object }, body: () => T): T;
    readonly _tracer: { readonly _exporter: Exporter };
  }
  const tracer: Tracer;
  export default tracer;
}

declare module "@pydantic/logfire-node" {
  export function configure(options: Readonly<Record<string, unknown>>): void;
  export function span<T>(message: string, options: { readonly attributes: object; readonly callback: () => T }): T;
  export function forceFlush(): Promise<void>;
}

declare module "@traceloop/node-server-sdk" {
  export function initialize(options: Readonly<Record<string, unknown>>): void;
  export function withTask(
    settings: { readonly name: string; readonly inputParameters: readonly unknown[] },
    body: () => void,
  ): Promise<unknown>;
  export function forceFlush(): Promise<void>;
}
