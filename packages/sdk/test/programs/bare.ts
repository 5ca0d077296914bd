// A stage outside of any run, and a run with a stage.
import { initTelemetry, stage, workflow } from "@runlight/sdk";

await initTelemetry({ service: "bare", hostMetrics: false });
stage("alone", () => {});
console.log(workflow("job", () => stage("load", () => 42)));
