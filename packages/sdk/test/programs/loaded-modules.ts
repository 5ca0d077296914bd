// Prints the packages that switching telemetry on has loaded.
import { registerHooks } from "node:module";

const packages = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});
const { initTelemetry } = await import("@runlight/sdk");
await initTelemetry({ service: "loaded" });
console.log(JSON.stringify([...packages]));
