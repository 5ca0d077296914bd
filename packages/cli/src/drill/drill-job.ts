// What misbehaves in a drill: node drill-job.js fail | errors | quality | stuck
import { setTimeout as delay } from "node:timers/promises";
import { checkQuality, initTelemetry, stage, workflow } from "@runlight/sdk";

const [misbehaviour = ""] = process.argv.slice(2);

await initTelemetry({ service: "drill", display: "none" });
await workflow(`drill-${misbehaviour}`, async (run) => {
  if (misbehaviour === "fail") throw new TypeError("Failed for the drill");
  if (misbehaviour === "quality") checkQuality({ name: "rows", value: 0, min: 1 });
  if (misbehaviour === "errors") {
    for (let index = 0; index < 8; index += 1) {
      try {
        stage("step", () => {
          throw new RangeError("Failed for the drill");
        });
      } catch {
        // The run goes on.
      }
    }
  }
  if (misbehaviour === "stuck") {
    run.progress({ done: 1, total: 3, unit: "step" });
    // Whoever started it ends it.
    await delay(600_000);
  }
}).catch(() => {
  process.exitCode = 1;
});
