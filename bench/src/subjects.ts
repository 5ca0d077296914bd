import { knowsOption } from "./runlight-options.ts";

/** Tells why something cannot be measured; `undefined` when it can. */
export type Availability = () => Promise<string | undefined>;

/** A subject by name. */
export interface SubjectEntry {
  /** File URL of its module. */
  readonly module: string;
  /** Folder below `bench/` with the package.json and the lock of what it needs; `undefined` when it needs nothing. */
  readonly folder: string | undefined;
  readonly availability?: Availability;
}

const own = (file: string, folder?: string): SubjectEntry => ({
  module: new URL(`subject/${file}.ts`, import.meta.url).href,
  folder,
});
const opponent = (name: string): SubjectEntry => ({
  module: new URL(`../opponents/${name}/subject.ts`, import.meta.url).href,
  folder: `opponents/${name}`,
});

const hasFastLane: Availability = async () =>
  (await knowsOption({ fastLane: false })) ? undefined : "this version has no fast lane to switch off";

/** Everything that can be measured. */
export const subjects: Readonly<Record<string, SubjectEntry>> = {
  bare: own("bare"),
  "api-noop": own("api-noop", "."),
  runlight: own("runlight"),
  "runlight-alone": own("runlight-alone"),
  "runlight-stock": { ...own("runlight-stock"), availability: hasFastLane },
  "runlight-metrics": own("runlight-metrics"),
  "sdk-node": own("sdk-node", "."),
  "sdk-node-metrics": own("sdk-node-metrics", "."),
  winston: own("winston", "."),
  pino: own("pino", "."),
  "prom-client": own("prom-client", "."),
  "dd-trace": opponent("ddtrace"),
  logfire: opponent("logfire"),
  traceloop: opponent("traceloop"),
};
