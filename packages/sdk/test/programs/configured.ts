// Runs a workflow with a configuration, given as WITH says, which lasts WORK_MS milliseconds, or until there is a file `done` where WORK_MS says `until done`.
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { initTelemetry, recordConfiguration, workflow } from "@runlight/sdk";

await initTelemetry({ service: "configured", hostMetrics: false });
const configuration = { months: ["2001-01"], store: { user: "me", password: "hunter2" } };
const { WORK_MS: workMs = "0" } = process.env;
const isOption = process.env["WITH"] === "option";
await workflow("job", isOption ? { configuration } : {}, async () => {
  console.log(isOption ? "given" : recordConfiguration(configuration));
  if (workMs === "until done") while (!existsSync("done")) await delay(20);
  else await delay(Number(workMs));
});
