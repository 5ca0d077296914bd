// Loaded before a program: writes down what it took, when it ends.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const main = process.threadCpuUsage();
  const usage = { processUs: user + system, mainUs: main.user + main.system, wallMs: performance.now() };
  writeFileSync(process.env["BENCH_USAGE_FILE"] ?? "usage.json", JSON.stringify(usage));
});
