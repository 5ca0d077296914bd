import tracer from "dd-trace";
import { attributes, turn } from "../../src/subject/subject.ts";
import type { Subject, SubjectSettings } from "../../src/subject/subject.ts";

/** dd-trace with nothing but tracing switched on; its agent is the sink. */
export async function start({ endpoint }: SubjectSettings): Promise<Subject> {
  tracer.init({
    url: endpoint,
    service: "bench",
    plugins: false,
    startupLogs: false,
    sampleRate: 1,
    rateLimit: -1,
    remoteConfig: { enabled: false },
    telemetry: { enabled: false },
    flushInterval: 60_000,
  });
  const options = { resource: "convolve", tags: attributes };
  const flush = (): Promise<void> => new Promise((resolve) => tracer._tracer._exporter.flush(() => resolve()));
  return {
    operate: (work) => tracer.trace("kernel", options, work),
    sends: { spans: 1, logRecords: 0 },
    drain: createDrain(flush),
    flush,
  };
}

/** Its writer takes 8 MiB at most; a flush at each 10,000 operations keeps below that. */
function createDrain(flush: () => Promise<void>): () => Promise<void> {
  let drains = 0;
  return () => (++drains % 25 === 0 ? flush() : turn());
}
