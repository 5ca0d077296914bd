import { isMainThread } from "node:worker_threads";
import { initTelemetry } from "./init-telemetry.ts";

// For `node --import @runlight/sdk/register`. Worker threads inherit that option, the one that ships telemetry among them:
// a worker gets telemetry when its program asks for it.
if (isMainThread) await initTelemetry();
