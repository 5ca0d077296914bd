export { createBullmqTelemetry } from "./telemetry/create-bullmq-telemetry.ts";
export { observeWorker } from "./worker/observe-worker.ts";
export type { ObservableWorker } from "./worker/observe-worker.ts";
export { observeQueue } from "./queue/observe-queue.ts";
export type { CountableQueue } from "./queue/observe-queue.ts";
