// Emits one item of each signal and ends as it is told: natural | exit | throw | throw-value | rejection | exit-listener | SIGTERM | SIGINT | SIGKILL | …
// TELEMETRY=off runs the same program without telemetry, to compare exit code and output with.
import { setTimeout as delay } from "node:timers/promises";
import { metrics, logs, trace } from "@opentelemetry/api";
import { initTelemetry, stage, workflow } from "@runlight/sdk";

const how = process.argv[2] ?? "natural";
await (process.env["TELEMETRY"] === "off" ? undefined : initTelemetry({ service: "ending", hostMetrics: false }));

let times = 0;
let alive: NodeJS.Timeout | undefined;
const listenedTo = how.startsWith("listen-") ? how.slice("listen-".length) : undefined;
if (listenedTo !== undefined) {
  process.on(listenedTo, () => {
    console.log("heard");
    process.exitCode = 7;
    clearInterval(alive);
  });
}
if (how === "user-uncaught") process.on("uncaughtException", (error) => console.log(`user saw ${error.message}`));
if (how === "user-rejection") process.on("unhandledRejection", (error) => console.log(`user saw ${String(error)}`));
if (how === "exit-listener") process.on("exit", () => logs.getLogger("test").emit({ body: "from the exit listener" }));

const counter = metrics.getMeter("test").createCounter("test.rows");
counter.add(3);
logs.getLogger("test").emit({ body: "a line" });
trace.getTracer("test").startSpan("a span").end();
workflow("job", () => stage("load", () => counter.add(4)));
console.log("ready");

const fail = (): never => {
  throw new Error("boom password=hunter2");
};
switch (how) {
  case "natural":
  case "exit-listener":
    break;
  case "code":
    process.exitCode = 5;
    break;
  case "exit":
    process.exit(3);
    break;
  case "exit-inside":
    workflow("inside", () => stage("fit", () => process.exit(4)));
    break;
  case "kill-inside":
    await workflow("inside", () =>
      stage("fit", async () => {
        await delay(15);
        process.kill(process.pid, "SIGKILL");
      }),
    );
    break;
  case "throw":
  case "user-uncaught":
    setTimeout(fail, 1);
    break;
  case "throw-value":
    setTimeout(() => {
      throw "just text";
    }, 1);
    break;
  case "throw-inside":
    workflow("inside", () => stage("fit", fail));
    break;
  case "rejection":
  case "user-rejection":
    void Promise.reject(new Error("boom password=hunter2"));
    break;
  case "again":
    // Finds new work when it is idle, twice.
    process.on("beforeExit", () => {
      if (times === 2) return;
      times++;
      setTimeout(() => logs.getLogger("test").emit({ body: `again ${times}` }), 20);
    });
    break;
  case "wait":
    setInterval(() => {}, 1000);
    break;
  default: {
    const signal = listenedTo ?? how;
    alive = setInterval(() => {}, 1000);
    // 10 ms is what a burst of writes may take.
    setTimeout(() => process.kill(process.pid, signal), 15);
  }
}
