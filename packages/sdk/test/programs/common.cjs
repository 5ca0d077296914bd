// A CommonJS program.
const { initTelemetry, stage, workflow } = require("@runlight/sdk");

async function main() {
  await initTelemetry({ service: "common", directory: process.env.DIRECTORY, hostMetrics: false });
  await workflow("job", () => stage("load", () => {}));
}
void main();
