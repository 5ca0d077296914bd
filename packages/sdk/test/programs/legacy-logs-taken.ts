// Logs through the old logs API to a provider of the program's own, registered by a copy of the API that Runlight does not see.
import { initTelemetry } from "@runlight/sdk";

const theirs = { getLogger: () => ({ enabled: () => true, emit: () => console.log("theirs") }) };
Reflect.set(globalThis, Symbol.for("io.opentelemetry.js.api.logs"), () => theirs);
await initTelemetry({ service: "legacy", hostMetrics: false });
const { logs } = await import("@opentelemetry/api-logs");
logs.getLogger("old").emit({ body: "somewhere" });
