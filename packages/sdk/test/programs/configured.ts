// Runs a workflow with a configuration, given as WITH says, until Git has looked at the files or is not going to.
import { setTimeout as delay } from "node:timers/promises";
import { initTelemetry, recordConfiguration, workflow } from "@runlight/sdk";

await initTelemetry({ service: "configured", hostMetrics: false });
const configuration = { months: ["2001-01"], store: { user: "me", password: "hunter2" } };
const isOption = process.env["WITH"] === "option";
await workflow("job", isOption ? { configuration } : {}, async () => {
  console.log(isOption ? "given" : recordConfiguration(configuration));
  await delay(Number(process.env["WORK_MS"] ?? 0));
});
