// Switches telemetry on in the main thread and in a worker thread; WORKER says how the worker ends.
import { isMainThread, Worker } from "node:worker_threads";
import { logs, metrics } from "@opentelemetry/api";
import { initTelemetry, stage, workflow } from "@runlight/sdk";

await initTelemetry({ service: "threads", hostMetrics: false });
const where = isMainThread ? "main" : "worker";
metrics
  .getMeter("test")
  .createCounter("test.rows")
  .add(isMainThread ? 1 : 2);
logs.getLogger("test").emit({ body: `from the ${where} thread` });
workflow(where, () => stage("load", () => {}));
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  worker.on("error", (error: Error) => console.log(`worker failed: ${error.message}`));
  worker.on("exit", (code) => console.log(`worker ended with ${code}`));
} else if (process.env["WORKER"] === "exit") {
  process.exit(6);
} else if (process.env["WORKER"] === "throw") {
  throw new Error("boom");
}
