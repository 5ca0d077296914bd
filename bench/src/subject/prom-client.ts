import { Counter, Histogram } from "prom-client";
import { nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

const labels = { workflow: "monthly", operation: "convolve", unit: "row" };

/** One record of prom-client with three labels: given at each call (`histogram`, `counter`), or bound once (`bound`). */
export async function start({ workload }: SubjectSettings): Promise<Subject> {
  return { operate: operationOf(workload), sends: nothing, drain: turn, flush: turn };
}

function operationOf(workload: string): () => void {
  const labelNames = Object.keys(labels);
  const histogram = new Histogram({ name: "bench_duration", help: "duration", labelNames });
  const counter = new Counter({ name: "bench_items", help: "items", labelNames });
  const bound = histogram.labels(labels);
  switch (workload) {
    case "histogram":
      return () => histogram.observe({ ...labels }, 0.012);
    case "bound":
      return () => bound.observe(0.012);
    case "counter":
      return () => counter.inc({ ...labels }, 1);
    default:
      throw unknownWorkload("prom-client", workload);
  }
}
