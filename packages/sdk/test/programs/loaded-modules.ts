// Prints the packages and the modules of Node.js that switching telemetry on has loaded, and those that what is asked of it then loads.
import { registerHooks } from "node:module";

const packages = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    if (url.startsWith("node:")) packages.add(url);
    return nextLoad(url, context);
  },
});
const { createLogger, initTelemetry, stage } = await import("@runlight/sdk");
const { trace } = await import("@opentelemetry/api");
const telemetry = await initTelemetry({ service: "loaded" });
stage("load", () => {});
const loaded = (): string[] => [...packages].map(String);
const started = loaded();
trace.getTracer("somebody");
const traced = loaded();
createLogger({ name: "loaded", console: false });
const logged = loaded();
await telemetry.flush();
console.log(JSON.stringify({ started, traced, logged, flushed: loaded() }));
