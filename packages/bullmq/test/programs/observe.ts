import { observeQueue } from "@runlight/bullmq";
// Observes the queue given as the first argument, at the port given as the second, closes it and has nothing left to do.
import { Queue } from "bullmq";

const [, , name = "", port = ""] = process.argv;
const queue = new Queue(name, { connection: { host: "127.0.0.1", port: Number(port) } });
await queue.waitUntilReady();
observeQueue(queue, { intervalMs: 3_600_000 });
await queue.close();
console.log("closed");
