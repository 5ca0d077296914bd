import { metrics } from "@opentelemetry/api";
import { start as startSdk } from "./sdk-node.ts";
import { unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** One record of the stock SDK with three attributes: into a histogram (`histogram`) or a counter (`counter`). */
export async function start(settings: SubjectSettings): Promise<Subject> {
  const sdk = await startSdk({ ...settings, workload: "unsampled" });
  return { ...sdk, operate: operationOf(settings.workload) };
}

function operationOf(workload: string): () => void {
  const meter = metrics.getMeter("bench");
  const attributesOf = (): Record<string, string> => ({
    "bench.workflow": "monthly",
    "bench.operation": "convolve",
    "bench.unit": "row",
  });
  if (workload === "histogram") {
    const histogram = meter.createHistogram("bench.duration", { unit: "s" });
    return () => histogram.record(0.012, attributesOf());
  }
  if (workload === "counter") {
    const counter = meter.createCounter("bench.items");
    return () => counter.add(1, attributesOf());
  }
  throw unknownWorkload("the stock SDK's metrics", workload);
}
