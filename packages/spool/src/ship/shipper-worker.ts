import { parentPort, workerData } from "node:worker_threads";
import { Shipping } from "./shipping.ts";
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from "./worker-messages.ts";

const shipping = new Shipping(workerData as WorkerSettings);

parentPort?.on("message", (request: WorkerRequest) => {
  if (request.kind === "drain") {
    const answer: WorkerAnswer = { kind: "drained", id: request.id };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    void shipping.drain(request.timeoutMs).then(() => parentPort?.postMessage(answer));
  } else {
    // Leaving the thread ends what still runs in it: timers, and the wait for notifications.
    void shipping.stop(request.timeoutMs).finally(() => process.exit());
  }
});

shipping.start();
