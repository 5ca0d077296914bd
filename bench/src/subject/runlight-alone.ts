import { kernel, stage } from "@runlight/core";
import { attributes, nothing, turn, unknownWorkload } from "./subject.ts";
import type { Subject, SubjectSettings } from "./subject.ts";

/** Operations of a library in a program that switches no telemetry on: a kernel (`span`, `kernel` where declared synchronous) or a stage (`all`). */
export async function start({ workload }: SubjectSettings): Promise<Subject> {
  return { operate: operationOf(workload), sends: nothing, drain: turn, flush: turn };
}

function operationOf(workload: string): Subject["operate"] {
  const options = { attributes };
  const synchronous = { attributes, synchronous: true };
  switch (workload) {
    case "span":
      return (work) => kernel("convolve", options, work);
    case "kernel":
      return (work) => kernel("convolve", synchronous, work);
    case "all":
      return (work) => stage("convolve", options, work);
    default:
      throw unknownWorkload("Runlight without SDK", workload);
  }
}
