/** A run of tools: a pipeline that starts a process, and work that succeeds at its second attempt. */
import { retry } from "@runlight/core";
import { exec } from "@runlight/host";
import { initTelemetry, pipeline, workflow } from "@runlight/sdk";

// Long enough for its memory to be sampled.
const work = "setTimeout(() => console.log('converted'), 2000)";

const telemetry = await initTelemetry({ service: "tools" });

await workflow("imaging", async () => {
  await pipeline("convert", () => exec(process.execPath, ["--eval", work]));
  await retry("copy", { attempts: 2, minDelayMs: 1 }, (_attempt, number) => {
    if (number < 2) throw new Error("The disk is not there yet");
  });
});
await telemetry.shutdown();
