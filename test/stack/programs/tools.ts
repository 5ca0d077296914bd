/** A run of tools: a pipeline that starts a process, one that waited in a queue, and work that succeeds at its second attempt, as its time runs out. */
import { observeQueueSize, retry } from "@runlight/core";
import { exec } from "@runlight/host";
import { initTelemetry, pipeline, stage, workflow } from "@runlight/sdk";

// Long enough for its memory to be sampled, and for the notice below.
const work = "setTimeout(() => console.log('converted'), 2000)";
const noticeMs = 60_000;
/** More than have spans and records of their own. */
const manySteps = 1_010;

const telemetry = await initTelemetry({
  service: "tools",
  jobEndTime: Date.now() + noticeMs + 1_000,
  wallTimeNoticeMs: noticeMs,
  checkpoint: () => undefined,
});
observeQueueSize("paint", () => ({ queued: 3, running: 1 }));
observeQueueSize("weave", () => {
  throw new Error("The queue does not answer");
});

await workflow("imaging", async () => {
  await pipeline("convert", () => exec(process.execPath, ["--eval", work]));
  await retry("copy", { attempts: 2, minDelayMs: 1 }, (_attempt, number) => {
    if (number < 2) throw new Error("The disk is not there yet");
  });
  const { carrier } = pipeline.queue("paint");
  pipeline.take({ ...carrier, traceparent: "no trace" }, () => "painted");
  for (let step = 0; step < manySteps; step += 1) stage("step", () => step);
});
await telemetry.shutdown();
