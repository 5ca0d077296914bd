// Runs commands that end well, with an exit code and by a signal, and leaves at once.
import { exec } from "@runlight/host";
import { initTelemetry, workflow } from "@runlight/sdk";

await initTelemetry({ service: "commands", hostMetrics: false });
await workflow("night", async () => {
  const shell = (name: string, source: string): Promise<unknown> =>
    exec("sh", ["-c", source], { name, kind: name === "stop" ? "stage" : "pipeline" }).catch(() => undefined);
  await shell("fit", "sleep 1.5; echo fitted");
  await shell("scan", "echo 'token=hunter2-hunter2 is wrong' >&2; exit 3");
  await shell("stop", "kill -KILL $$");
});
process.exit(0);
