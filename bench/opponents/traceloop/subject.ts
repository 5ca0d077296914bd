import { forceFlush, initialize, withTask } from "@traceloop/node-server-sdk";
import { attributes, turn } from "../../src/subject/subject.ts";
import type { Subject, SubjectSettings } from "../../src/subject/subject.ts";

/** Traceloop as its guide sets it up; the four values are a task's inputs. */
export async function start({ endpoint }: SubjectSettings): Promise<Subject> {
  process.env["TRACELOOP_TELEMETRY"] = "false";
  initialize({
    appName: "bench",
    apiKey: "bench",
    baseUrl: endpoint,
    silenceInitializationMessage: true,
    traceloopSyncEnabled: false,
  });
  const settings = { name: "convolve", inputParameters: Object.values(attributes) };
  async function flush(): Promise<void> {
    await turn();
    await forceFlush();
  }
  return {
    operate: (work) => void withTask(settings, work),
    sends: { spans: 1, logRecords: 0 },
    drain: flush,
    flush,
  };
}
