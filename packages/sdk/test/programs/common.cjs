// A CommonJS program.
const { initTelemetry, stage, workflow } = require("@runlight/sdk");

async function main() {
  await initTelemetry({ service: "common", hostMetrics: false });
  workflow("job", () => stage("load", () => {}));
}
void main();
