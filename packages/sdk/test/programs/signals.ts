// Listens to SIGTERM the way HOW says, then waits for it: signal-exit | once-before | exits
import { logs } from "@opentelemetry/api";
import { initTelemetry } from "@runlight/sdk";

const { HOW: how } = process.env;
const alive = setInterval(() => {}, 1000);
if (how === "once-before") {
  process.once("SIGTERM", () => {
    console.log("the program ends in its own time");
    setTimeout(() => clearInterval(alive), 300);
  });
}
await initTelemetry({ service: "signals", hostMetrics: false });
if (how === "signal-exit") {
  const { onExit } = await import("signal-exit");
  onExit((_code, signal) => console.log(`cleaned up for ${signal}`));
}
if (how === "exits") process.on("SIGTERM", () => process.exit(9));
logs.getLogger("test").emit({ body: "a line" });
console.log("ready");
