import { configure, forceFlush, span } from "@pydantic/logfire-node";
import { attributes, turn } from "../../src/subject/subject.ts";
import type { Subject, SubjectSettings } from "../../src/subject/subject.ts";

/** Logfire as its guide sets it up, without a console. */
export async function start({ endpoint }: SubjectSettings): Promise<Subject> {
  configure({
    token: "bench",
    serviceName: "bench",
    sendToLogfire: true,
    console: false,
    metrics: false,
    advanced: { baseUrl: endpoint },
  });
  async function flush(): Promise<void> {
    await turn();
    await forceFlush();
  }
  return {
    operate: (work) => span("kernel convolve", { attributes, callback: work }),
    // A span when it begins and one when it has ended.
    sends: { spans: 2, logRecords: 0 },
    drain: flush,
    flush,
  };
}
