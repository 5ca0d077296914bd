// Runs a workflow with a configuration, until Git has looked at the files or is not going to.
import { setTimeout as delay } from "node:timers/promises";
import { initTelemetry, recordConfiguration, workflow } from "@runlight/sdk";

await initTelemetry({ service: "configured", hostMetrics: false });
await workflow("job", async () => {
  console.log(recordConfiguration({ months: ["2001-01"], store: { user: "me", password: "hunter2" } }));
  await delay(Number(process.env["WORK_MS"] ?? 0));
});
